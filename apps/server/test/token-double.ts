// Speaks to the server as `token-process.ts` does, without a module, and goes wrong as it is told: `<trouble>@<stage>|<file>`. What it is asked stands in the file.
import { appendFileSync, readFileSync } from "node:fs";
import { askSchema, troubles, type Ask, type Reply } from "../src/signing/providers/pkcs11/protocol.ts";

const [what = "", file = ""] = (process.argv[2] ?? "").split("|");
const [trouble = "", stage = "", isOnce] = what.split("@");
const said = (): string => readFileSync(file, "utf8");
const note = (line: string): void => appendFileSync(file, `${line}\n`);
const say = (reply: Reply): Promise<void> => new Promise((resolve) => process.send?.(reply, undefined, {}, () => resolve()));

/** Does what it is told for this stage; says whether it did. */
const goesWrong = async ({ id }: Ask, at: string): Promise<boolean> => {
  if (at !== stage || (isOnce !== undefined && said().includes("wrong"))) return false;
  note("wrong");
  if (trouble === "dies") process.kill(process.pid, "SIGKILL");
  if (trouble === "silent" || trouble === "dies") await new Promise(() => undefined);
  await say({ id, trouble: troubles.find((known) => known === trouble) ?? "unknown", vendor: "CKR_UJI" });
  return true;
};

const answer = async (ask: Ask): Promise<void> => {
  const isLook = ask.act === "look";
  note(`begins ${ask.act}`);
  if (await goesWrong(ask, isLook ? "look" : "asked")) return;
  if (isLook) return say({ id: ask.id, looked: { serial: "A1", label: "Token", model: "Uji", isPinLocked: false, certificates: [] } });
  await say({ id: ask.id, begins: "login" });
  if (await goesWrong(ask, "login")) return;
  await say({ id: ask.id, begins: "key" }); // said before anything else happens
  if (await goesWrong(ask, "key")) return;
  note(`ends ${ask.act}`);
  await say({ id: ask.id, signature: Buffer.alloc(64, 1) });
};

process.on("message", (message) => void answer(askSchema.parse(message)));
process.on("disconnect", () => process.exit(0));
