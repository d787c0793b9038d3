// An OpenID provider that issues access tokens to services, for tests of who may call: the package
// `oidc-provider`, with three services. It says where it is in a line and ends with its input.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const key = (type, options, more) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), ...more });
const client = (id) => ({
  client_id: id,
  client_secret: `${id}-secret-of-a-test`,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
});

const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
  clients: [client('control-plane'), client('scheduler'), client('stranger')],
  jwks: {
    keys: [
      key('rsa', { modulusLength: 2048 }, { kid: 'rsa-1', use: 'sig' }),
      key('ec', { namedCurve: 'P-256' }, { kid: 'curve-1', use: 'sig' }),
    ],
  },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource, { clientId }) => ({
        audience: resource,
        scope: '',
        accessTokenFormat: resource.endsWith('/opaque') ? 'opaque' : 'jwt',
        accessTokenTTL: 300,
        jwt: { sign: { alg: clientId === 'scheduler' ? 'ES256' : 'RS256' } },
      }),
    },
  },
});
server.on('request', provider.callback());
console.log(`issuer ${provider.issuer}`);
process.stdin.resume().on('end', () => process.exit(0));
