import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, mock } from "node:test";
import { refusals } from "@lontar/contract";
import { faultOf } from "./pkcs11.ts";
import { troubleOf } from "./protocol.ts";
import { openTokens, type TokenFault, type Tokens } from "./tokens.ts";

const entry = new URL("../../../../test/token-double.ts", import.meta.url);
const request = { keyId: Buffer.of(1), pin: "123456", algorithm: "ecdsa-p256-sha256", message: Buffer.from("m"), digest: Buffer.alloc(32) } as const;

describe("the process that speaks to a token", { concurrency: 4 }, () => {
  let folder: string;
  let files = 0;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), "lontar-token-double-"))));
  after(() => rm(folder, { recursive: true }));

  /** Opens a token that goes wrong so, does something with it, and tells what it was asked. */
  const withToken = async <Answer>(what: string, use: (tokens: Tokens) => Promise<Answer>, atOnce?: number): Promise<{ readonly answer: Answer; readonly asked: readonly string[] }> => {
    const file = join(folder, `asked-${(files += 1)}`);
    await writeFile(file, "");
    const tokens = openTokens({ module: `${what}|${file}`, entry, ...(atOnce !== undefined && { atOnce }) });
    try {
      const answer = await use(tokens);
      return { answer, asked: (await readFile(file, "utf8")).trim().split("\n") };
    } finally {
      await tokens.close();
    }
  };
  const word = (answer: { readonly signature: Uint8Array } | { readonly fault: TokenFault }): string => {
    if ("signature" in answer) return "signed";
    const { code, retry, refusal } = faultOf(answer.fault);
    return [code, retry, refusal ?? "-"].join(" ");
  };

  const cases: readonly (readonly [what: string, said: string, asked: number])[] = [
    ["none@none", "signed", 1],
    ["dies@asked@once", "signed", 2],
    ["dies@asked", "TEMPORARY safe token_session_lost", 2],
    ["session_lost@asked@once", "signed", 2],
    ["token_gone@asked", "TEMPORARY safe token_missing", 2],
    ["wrong_pin@login", "WRONG_SECRET safe wrong_pin", 1],
    ["wrong_pin_last@login", "WRONG_SECRET safe wrong_pin_last", 1],
    ["pin_locked@login", "LOCKED never token_pin_locked", 1],
    ["dies@login", "TEMPORARY safe token_session_lost", 1],
    ["dies@key", "OUTCOME_UNKNOWN reconcile -", 1],
    ["session_lost@key", "OUTCOME_UNKNOWN reconcile -", 1],
  ];
  for (const [what, said, times] of cases) {
    it(`${what}: ${said}, asked to sign ${times} times`, async () => {
      const { answer, asked } = await withToken(what, (tokens) => tokens.sign("Token", request));
      assert.deepEqual([word(answer), asked.filter((line) => line === "begins sign").length], [said, times]);
    });
  }

  it("signs one after the other on one token, however many ask, and by one process", async () => {
    const { answer, asked } = await withToken("none@none", async (tokens) => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => tokens.sign("Token", request)));
      return { words: answers.map(word), processes: tokens.processes().length };
    });
    assert.deepEqual(answer, { words: Array.from({ length: 5 }, () => "signed"), processes: 1 });
    assert.deepEqual(asked, Array.from({ length: 5 }, () => ["begins sign", "ends sign"]).flat());
  });

  it("gives each token a process of its own, and takes that of one that idles when there are too many", async () => {
    const { answer } = await withToken("none@none", async (tokens) => {
      const counts: number[] = [];
      for (const name of ["Satu", "Dua", "Tiga"]) {
        await tokens.look(name);
        counts.push(tokens.processes().length);
      }
      return counts;
    }, 2);
    assert.deepEqual(answer, [1, 2, 2]);
  });

  it("survives the death of a process between two questions", async () => {
    const { answer } = await withToken("none@none", async (tokens) => {
      await tokens.look("Token");
      for (const pid of tokens.processes()) process.kill(pid, "SIGKILL");
      return tokens.sign("Token", request);
    });
    assert.equal(word(answer), "signed");
  });

  it("says that a module is missing where there is none, or one that is none", async () => {
    for (const module of [join(folder, "tidak-ada.so"), entry.pathname]) {
      const tokens = openTokens({ module });
      const answer = await tokens.look("Token");
      assert.ok("fault" in answer);
      assert.equal(faultOf(answer.fault).refusal, "token_module_missing");
      await tokens.close();
    }
  });
});

describe("a token that says nothing", () => {
  it("is left after a minute; where its key was at work nobody knows what it did, and it is not asked again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lontar-token-silent-"));
    const file = join(folder, "asked");
    await writeFile(file, "");
    mock.timers.enable({ apis: ["setTimeout"] });
    const tokens = openTokens({ module: `silent@key|${file}`, entry });
    try {
      const answer = tokens.sign("Token", request);
      while (!(await readFile(file, "utf8")).includes("wrong")) await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(60_000);
      const said = await answer;
      assert.ok("fault" in said);
      assert.deepEqual([faultOf(said.fault).code, said.fault.vendor, (await readFile(file, "utf8")).trim().split("\n")], ["OUTCOME_UNKNOWN", "60000 ms", ["begins sign", "wrong"]]);
    } finally {
      mock.timers.reset();
      await tokens.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe("what a module answers", () => {
  it("is named as the standard names it, and a number that nobody knows keeps its number", () => {
    const words = [0xa0, 0xa4, 0xe0, 0xb3, 0x70, 0x8000_0001].map(troubleOf);
    assert.deepEqual(words, [
      { trouble: "wrong_pin", vendor: "CKR_PIN_INCORRECT" }, { trouble: "pin_locked", vendor: "CKR_PIN_LOCKED" }, { trouble: "token_gone", vendor: "CKR_TOKEN_NOT_PRESENT" },
      { trouble: "session_lost", vendor: "CKR_SESSION_HANDLE_INVALID" }, { trouble: "mechanism_unsupported", vendor: "CKR_MECHANISM_INVALID" }, { trouble: "unknown", vendor: "CKR 0x80000001" },
    ]);
  });
  it("is put in the classes of every provider; once a key was at work nobody knows what it did, unless the module says no", () => {
    const classOf = (trouble: TokenFault["trouble"], stage: TokenFault["stage"]): string => {
      const { code, retry, refusal } = faultOf({ trouble, stage, vendor: "" });
      return `${code} ${retry} ${refusal ?? "-"}`;
    };
    const unknown = "OUTCOME_UNKNOWN reconcile -";
    for (const [trouble, before, after] of [
      ["module_missing", "TEMPORARY safe token_module_missing", "TEMPORARY safe token_module_missing"], ["token_gone", "TEMPORARY safe token_missing", unknown], ["session_lost", "TEMPORARY safe token_session_lost", unknown],
      ["died", "TEMPORARY safe token_session_lost", unknown], ["silent", "TEMPORARY safe token_session_lost", unknown], ["busy", "RATE safe -", "RATE safe -"], ["wrong_pin", "WRONG_SECRET safe wrong_pin", "WRONG_SECRET safe wrong_pin"], ["wrong_pin_last", "WRONG_SECRET safe wrong_pin_last", "WRONG_SECRET safe wrong_pin_last"],
      ["pin_locked", "LOCKED never token_pin_locked", "LOCKED never token_pin_locked"], ["key_missing", "NOT_REGISTERED never token_key_missing", "NOT_REGISTERED never token_key_missing"],
      ["mechanism_unsupported", "PROTOCOL never token_mechanism", "PROTOCOL never token_mechanism"], ["unknown", "PROTOCOL never -", unknown],
    ] as const) assert.deepEqual([classOf(trouble, "asked"), classOf(trouble, "login"), classOf(trouble, "key")], [before, before, after]);
  });
  it("has a sentence for each that says what to do", () => {
    for (const trouble of ["module_missing", "token_gone", "session_lost", "wrong_pin", "wrong_pin_last", "pin_locked", "key_missing", "mechanism_unsupported"] as const) {
      const { refusal } = faultOf({ trouble, stage: "asked", vendor: "" });
      assert.match(refusal === undefined ? "" : refusals[refusal].sentence, /[Mm]inta|[Mm]asukkan|[Uu]langi|[Aa]ktifkan/);
    }
  });
});
