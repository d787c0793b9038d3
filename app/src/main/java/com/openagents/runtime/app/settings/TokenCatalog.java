package com.openagents.runtime.app.settings;

import com.openagents.runtime.app.settings.Setting.Open;
import com.openagents.runtime.app.settings.Setting.Preset;
import com.openagents.runtime.app.settings.Setting.Secret;
import com.openagents.runtime.http.oidc.IssuerAddress;
import com.openagents.runtime.http.token.TokenKeys;
import java.util.List;

/// The settings of what clients may reach, and of the tokens that they get there.
public final class TokenCatalog {

  public static final Open<Integer> PUBLIC_HTTP_PORT =
      new Open<>(
          "OA_PUBLIC_HTTP_PORT",
          "in development mode the same as `OA_HTTP_PORT`; else clients reach nothing",
          Parsers::port,
          "Port for `/api`, `/sync/v1` and `/.well-known`, which clients may reach;"
              + " `/internal/v1` is never on it. `0` takes a free one.");
  public static final Preset<String> PUBLIC_HTTP_HOST =
      new Preset<>(
          "OA_PUBLIC_HTTP_HOST",
          "127.0.0.1",
          Parsers::host,
          "Address of `OA_PUBLIC_HTTP_PORT`. One that is not loopback needs `OA_SIGNING_KEYS`.");
  public static final Open<IssuerAddress> SESSION_ISSUER =
      new Open<>(
          "OA_SESSION_ISSUER",
          "none: sessions are proven by signed calls alone",
          IssuerAddress::new,
          "OpenID Connect provider of people, exactly as its tokens name it in `iss`: `https://…`,"
              + " or `http://` on this machine. Needs `OA_SESSION_AUDIENCE`.");
  public static final Open<String> SESSION_AUDIENCE =
      new Open<>(
          "OA_SESSION_AUDIENCE",
          "none",
          Parsers::headerText,
          "What the tokens of people must name in `aud`; none of the audiences below.");
  public static final Open<IssuerAddress> TOKEN_ISSUER =
      new Open<>(
          "OA_TOKEN_ISSUER",
          "in development mode the address of the listener",
          IssuerAddress::new,
          "Who issues tokens for clients, as they name it in `iss`. With `OA_TOKEN_KEYS` this"
              + " service, under the address by which others read its `/.well-known`; without them"
              + " another service, whose tokens are then verified here and minted there.");
  public static final Secret<TokenKeys> TOKEN_KEYS =
      new Secret<>(
          "OA_TOKEN_KEYS",
          "in development mode a key that is made once and kept in `OA_DATA_DIR`; else none, and"
              + " no tokens",
          TokenKeys::parse,
          "The keys of tokens for clients, as a JWK set; `openagents-runtime token key` makes one."
              + " The first signs, all are published. The same on all nodes.");
  public static final Preset<String> CONVEX_AUDIENCE =
      new Preset<>(
          "OA_CONVEX_AUDIENCE",
          "openagents-convex",
          Parsers::headerText,
          "`aud` of tokens with which clients read in Convex.");
  public static final Preset<String> SYNC_AUDIENCE =
      new Preset<>(
          "OA_SYNC_AUDIENCE",
          "openagents-sync",
          Parsers::headerText,
          "`aud` of tokens with which clients read the sync lane.");
  public static final Preset<String> CONVEX_WRITER_AUDIENCE =
      new Preset<>(
          "OA_CONVEX_WRITER_AUDIENCE",
          "openagents-convex-writer",
          Parsers::headerText,
          "`aud` of the tokens with which this service writes into Convex.");
  public static final Preset<Boolean> TOKEN_GUESTS =
      new Preset<>(
          "OA_TOKEN_GUESTS",
          "off",
          Parsers::onOff,
          "Whether guests get tokens for what is theirs, `on` or `off`.");
  public static final Preset<Long> TOKEN_RATE =
      new Preset<>(
          "OA_TOKEN_RATE",
          "60",
          Parsers.count(1_000_000),
          "Tokens that one subject gets in a minute from one node; further ones are refused.");

  static final List<Setting<?>> ALL =
      List.of(
          PUBLIC_HTTP_PORT,
          PUBLIC_HTTP_HOST,
          SESSION_ISSUER,
          SESSION_AUDIENCE,
          TOKEN_ISSUER,
          TOKEN_KEYS,
          CONVEX_AUDIENCE,
          SYNC_AUDIENCE,
          CONVEX_WRITER_AUDIENCE,
          TOKEN_GUESTS,
          TOKEN_RATE);

  private TokenCatalog() {}
}
