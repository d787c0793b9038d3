import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import { FUNCTIONS } from "../../../convex/fence.js";

// The scripts of a deployment, with tools that only note how they were called.

const scripts = join(process.cwd(), "../app/deploy/convex");
const SECRET = "canary5ec2e7";
const folder = mkdtempSync(join(tmpdir(), "convex-deploy-"));
const calls = join(folder, "calls");
const keyFile = join(folder, "admin.key");
const settings = join(folder, "convex.env");
const backup = join(folder, "backup.zip");

/** Notes its words, and of its environment whether it has the key. */
function tool(name: string, then: string): void {
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!/usr/bin/env bash
echo "${name} $* [key \${CONVEX_SELF_HOSTED_ADMIN_KEY:+given}]" >>"${calls}"
${then}
`,
  );
  chmodSync(path, 0o755);
}

beforeEach(() => {
  writeFileSync(calls, "");
  writeFileSync(keyFile, `openagents|${SECRET}\n`, { mode: 0o600 });
  chmodSync(keyFile, 0o600);
  writeFileSync(backup, "zip");
  writeFileSync(
    settings,
    [
      "CONVEX_REVISION=rev2",
      "CONVEX_INSTANCE_NAME=openagents",
      `CONVEX_INSTANCE_SECRET=${SECRET}`,
      `CONVEX_POSTGRES_URL=postgresql://u:${SECRET}@db:5432`,
      "OA_TOKEN_ISSUER=https://runtime.example",
      "OA_TOKEN_JWKS=https://runtime.example/.well-known/jwks.json",
      "OA_CONVEX_AUDIENCE=openagents-convex",
      "OA_CONVEX_WRITER_AUDIENCE=openagents-convex-writer",
      "",
    ].join("\n"),
  );
  tool("docker", `case "$*" in *generate_admin_key*) echo "Admin key:"; echo "openagents|${SECRET}" ;; esac`);
  tool("npm", "");
  tool("unzip", "");
  rmSync(`${backup}.sha256`, { force: true });
  tool("npx", `for word in "$@"; do case $word in *.zip) [ -e "$word" ] || echo zip >"$word" ;; esac; done`);
  tool(
    "curl",
    `case "$*" in */instance_name) echo openagents ;; *api/query) cat >"${folder}/config"; echo '{"status":"success","value":{"functions":"${FUNCTIONS}","protocol":1}}' ;; *) echo abc ;; esac`,
  );
});

after(() => rmSync(folder, { recursive: true }));

function script(name: string, words: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync("bash", [join(scripts, name), ...words], {
    encoding: "utf8",
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      OA_CONVEX_ENV: settings,
      CONVEX_SELF_HOSTED_URL: "https://convex.example",
      OA_CONVEX_ADMIN_KEY_FILE: keyFile,
      ...environment,
    },
  });
  return { status, said: stdout + stderr, called: readFileSync(calls, "utf8").trimEnd().split("\n") };
}

const RUNS: [string, string[], RegExp[]][] = [
  ["generate-admin-key.sh", [join(folder, "new.key")], [/docker compose .* exec -T backend/]],
  [
    "deploy-functions.sh",
    [],
    [
      /npm .* ci --ignore-scripts/,
      /npx convex env set OA_TOKEN_ISSUER https:/,
      /npx convex deploy/,
      /writerInternal:version/,
    ],
  ],
  ["health.sh", [], [/curl .* https:\/\/convex.example\/version/]],
  ["health.sh", ["--functions"], [new RegExp(`wants functions ${FUNCTIONS}`)]],
  ["export.sh", [folder], [/npx convex export --path .*convex-\d{8}T\d{6}Z\.zip/, /sha256sum/]],
  ["import.sh", [backup], [/unzip -tq/, /npx convex import --replace-all --yes/]],
  [
    "rollback.sh",
    ["--erase", "--empty-database", "rev1", backup],
    [
      /unzip -tq .*backup.zip/,
      /npm .* ci --ignore-scripts/,
      /export CONVEX_REVISION=rev1/,
      /pull backend/,
      /down --volumes/,
      /CONVEX_REVISION=rev1/,
      /up --detach --wait backend/,
      /npx convex deploy/,
      /npx convex import/,
    ],
  ],
];

describe("a dry run", () => {
  for (const [name, words, shown] of RUNS) {
    it(`of ${[name, ...words.filter((word) => word.startsWith("--"))].join(" ")} says what would be done, and does nothing`, () => {
      const before = readdirSync(folder);
      const { status, said, called } = script(name, ["--dry-run", ...words]);
      assert.equal(status, 0, said);
      let from = 0;
      for (const pattern of shown) {
        const found = said.slice(from).search(pattern);
        assert.ok(found >= 0, `${String(pattern)} is not in ${said.slice(from)}`);
        from += found;
      }
      assert.ok(!said.includes(SECRET), said);
      assert.deepEqual(called, [""]);
      assert.deepEqual(readdirSync(folder), before);
      assert.match(readFileSync(settings, "utf8"), /CONVEX_REVISION=rev2/);
    });
  }
});

describe("a run", () => {
  for (const [name, words] of RUNS) {
    it(`of ${[name, ...words.filter((word) => word.startsWith("--"))].join(" ")} shows the key to nobody`, () => {
      const { status, said, called } = script(name, words);
      assert.equal(status, 0, said);
      assert.ok(!said.includes(SECRET) && !called.join().includes(SECRET), said + called.join("\n"));
      for (const call of called) {
        const convex = call.startsWith("npx ");
        assert.equal(call.endsWith("[key given]"), convex, call);
      }
      rmSync(join(folder, "new.key"), { force: true });
    });
  }

  it("writes a new key where its owner alone can read it, and never over another", () => {
    const file = join(folder, "other.key");
    assert.equal(script("generate-admin-key.sh", [file]).status, 0);
    assert.equal(readFileSync(file, "utf8"), `openagents|${SECRET}\n`);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.match(script("generate-admin-key.sh", [file]).said, /is there already/);
    rmSync(file);
  });

  it("gives the key to curl by a pipe", () => {
    script("health.sh", ["--functions"]);
    assert.equal(
      readFileSync(join(folder, "config"), "utf8"),
      `header = "Authorization: Convex openagents|${SECRET}"\n`,
    );
  });

  it("notices functions that are not those of this release", () => {
    tool(
      "curl",
      `case "$*" in *api/query) cat >/dev/null ;; esac; echo '{"value":{"functions":"0.9.0","protocol":1}}'`,
    );
    const { status, said } = script("deploy-functions.sh", []);
    assert.notEqual(status, 0);
    assert.match(said, new RegExp(`does not run functions ${FUNCTIONS}`));
  });

  it("refuses the instance that everybody knows, by its key or by its name", () => {
    writeFileSync(keyFile, "carnitas|00\n");
    assert.match(script("deploy-functions.sh", []).said, /development/);
    tool("docker", `echo "carnitas|00"`);
    assert.match(script("generate-admin-key.sh", [join(folder, "new.key")]).said, /development/);
    assert.ok(!existsSync(join(folder, "new.key")));
    tool("curl", `echo carnitas`);
    assert.match(script("health.sh", []).said, /development/);
  });

  it("refuses a key that others can read, or that is none", () => {
    chmodSync(keyFile, 0o644);
    assert.match(script("export.sh", [folder]).said, /can be read by others/);
    chmodSync(keyFile, 0o600);
    writeFileSync(keyFile, "nothing\n");
    assert.match(script("export.sh", [folder]).said, /holds no admin key/);
    assert.match(script("export.sh", [folder], { OA_CONVEX_ADMIN_KEY_FILE: "/none" }).said, /cannot read/);
  });

  it("says how it is used, and what it lacks", () => {
    for (const [name] of RUNS) {
      const { status, said } = script(name, ["--unknown", "words", "more", "than", "any"]);
      assert.notEqual(status, 0);
      assert.match(said, new RegExp(`usage: ${name}`));
    }
    assert.match(
      script("health.sh", [], { CONVEX_SELF_HOSTED_URL: "" }).said,
      /CONVEX_SELF_HOSTED_URL is not set/,
    );
    writeFileSync(settings, "CONVEX_REVISION=rev2\n");
    const { said, called } = script("deploy-functions.sh", []);
    assert.match(said, /OA_TOKEN_ISSUER is not set/);
    assert.ok(!called.join().includes("deploy"));
  });

  it("goes back to a revision that is one, from an export that is there", () => {
    assert.match(script("rollback.sh", ["--erase", "a b", backup]).said, /no tag/);
    assert.match(script("rollback.sh", ["--erase", "rev1", join(folder, "none.zip")]).said, /cannot read/);
    assert.match(script("rollback.sh", ["rev1", backup]).said, /usage/);
    const { said, called } = script("rollback.sh", ["--erase", "--empty-database", "rev1", backup], {
      CONVEX_REVISION: "rev2",
    });
    assert.match(said, /\+ export CONVEX_REVISION=rev1/);
    assert.match(readFileSync(settings, "utf8"), /^CONVEX_REVISION=rev1$/m);
    const order = ["unzip", "npm", "pull backend", "down --volumes", "up --detach", "convex import"];
    const places = order.map((step) => called.findIndex((call) => call.includes(step)));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(places[0]! >= 0, called.join("\n"));
  });

  it("starts the revision that was asked for, whatever the environment says", () => {
    tool("docker", `echo "at $CONVEX_REVISION" >>"${calls}"`);
    const { called } = script("rollback.sh", ["--erase", "--empty-database", "rev1", backup], {
      CONVEX_REVISION: "rev2",
    });
    assert.equal(called.filter((call) => call === "at rev1").length, 3);
    assert.ok(!called.includes("at rev2"));
  });

  it("saves an export with its checksum, and takes no other for it", () => {
    assert.equal(script("export.sh", [folder]).status, 0);
    const saved = readdirSync(folder).find((name) => /^convex-.*\.zip$/.test(name))!;
    assert.match(
      readFileSync(join(folder, `${saved}.sha256`), "utf8"),
      new RegExp(`^[0-9a-f]{64}  ${saved}\n$`),
    );
    assert.equal(script("import.sh", [join(folder, saved)]).status, 0);
    writeFileSync(join(folder, saved), "another");
    assert.match(script("import.sh", [join(folder, saved)]).said, /is not what was exported/);
    for (const name of readdirSync(folder).filter((one) => one.startsWith("convex-"))) {
      rmSync(join(folder, name));
    }
  });
});

describe("a rollback erases nothing", () => {
  const FAILURES: [string, () => void, RegExp][] = [
    [
      "when no image has that revision",
      () => tool("docker", `case "$*" in *" pull "*) echo "manifest unknown" >&2; exit 1 ;; esac`),
      /manifest unknown/,
    ],
    ["without the tool that imports", () => tool("npm", "echo ENETUNREACH >&2; exit 1"), /ENETUNREACH/],
    ["for an export that is cut off", () => tool("unzip", "exit 9"), /no whole export/],
    [
      "for an export that is another",
      () => writeFileSync(`${backup}.sha256`, `${"0".repeat(64)}  backup.zip\n`),
      /is not what was exported/,
    ],
    [
      "when the functions could not be deployed",
      () => {
        const lines = readFileSync(settings, "utf8").split("\n");
        writeFileSync(settings, lines.filter((line) => !line.startsWith("OA_TOKEN_JWKS")).join("\n"));
      },
      /OA_TOKEN_JWKS is not set/,
    ],
  ];
  for (const [when, spoil, told] of FAILURES) {
    it(when, () => {
      spoil();
      const { status, said, called } = script("rollback.sh", ["--erase", "--empty-database", "rev1", backup]);
      assert.notEqual(status, 0);
      assert.match(said, told);
      assert.ok(!called.join().includes("down"), called.join("\n"));
      assert.match(readFileSync(settings, "utf8"), /^CONVEX_REVISION=rev2$/m);
    });
  }

  it("while a database is named of which nobody says that it is empty", () => {
    const { status, said, called } = script("rollback.sh", ["--erase", "rev1", backup]);
    assert.notEqual(status, 0);
    assert.match(said, /--empty-database/);
    assert.deepEqual(called, [""]);
    const lines = readFileSync(settings, "utf8").split("\n");
    writeFileSync(settings, lines.filter((line) => !line.startsWith("CONVEX_POSTGRES_URL")).join("\n"));
    assert.equal(script("rollback.sh", ["--erase", "rev1", backup]).status, 0);
  });
});

describe("the first start by the runbook", () => {
  it("needs nothing that the example of the settings does not name", () => {
    const example = readFileSync(join(scripts, "convex.env.example"), "utf8");
    const file = join(folder, "first.key");
    writeFileSync(
      settings,
      example
        .replace("CONVEX_REVISION=", "CONVEX_REVISION=rev1")
        .replace("CONVEX_INSTANCE_SECRET=", `CONVEX_INSTANCE_SECRET=${SECRET}`)
        .replace(/^(OA_CONVEX_ADMIN_KEY_FILE)=.*$/m, `$1=${file}`),
    );
    const none = { CONVEX_SELF_HOSTED_URL: "", OA_CONVEX_ADMIN_KEY_FILE: "" };
    const health = script("health.sh", [], none);
    assert.equal(health.status, 0, health.said);
    assert.match(health.said, /http:\/\/127\.0\.0\.1:3210\/version/);
    assert.match(
      script("generate-admin-key.sh", [join(folder, "no", "such", "folder.key")], none).said,
      /there is no folder/,
    );
    assert.equal(script("generate-admin-key.sh", [file], none).status, 0);
    const deploy = script("deploy-functions.sh", [], none);
    assert.equal(deploy.status, 0, deploy.said);
    rmSync(file);
  });
});

describe("the composition", () => {
  const text = readFileSync(join(scripts, "docker-compose.yml"), "utf8");

  it("pins its images by one revision, and listens on loopback alone", () => {
    const images = [...text.matchAll(/image: (.*)/g)].map((found) => found[1]!);
    assert.equal(images.length, 2);
    assert.ok(images.every((image) => image.endsWith(":${CONVEX_REVISION:?pin a revision}")));
    const ports = [...text.matchAll(/- "(.*):\d+"$/gm)].map((found) => found[1]!);
    assert.ok(ports.length === 2 && ports.every((port) => port.startsWith("127.0.0.1:")));
  });

  it("is hardened, and has no secret of its own", () => {
    for (const line of [
      'REDACT_LOGS_TO_CLIENT: "true"',
      'DISABLE_BEACON: "true"',
      "no-new-privileges:true",
    ]) {
      assert.ok(text.includes(line), line);
    }
    assert.match(text, /^ {6}DO_NOT_REQUIRE_SSL: \$\{CONVEX_DO_NOT_REQUIRE_SSL:-\}$/m);
    assert.match(text, /INSTANCE_SECRET: \$\{CONVEX_INSTANCE_SECRET:\?/);
    assert.doesNotMatch(text, /INSTANCE_NAME: .*:-/);
    const example = readFileSync(join(scripts, "convex.env.example"), "utf8");
    assert.match(example, /^CONVEX_INSTANCE_SECRET=$/m);
    assert.match(example, /^CONVEX_REVISION=$/m);
  });
});
