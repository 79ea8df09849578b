import {
  cosignatureScheme, cosignatureTime, ed25519Scheme, formatAddCheckpoint, formatNote, formatSignatures, isReached, openNote, parseNote, parseSignatures, proveTree, sha256, tileHashReader, toHex, utf8,
  type NoteSignature, type Policy, type PolicyWitness,
} from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import type pg from "pg";
import type { Id, Instant } from "../kernel/ids.ts";
import { describeError, type Log } from "../kernel/log.ts";
import { logOrigin } from "./keys.ts";
import { checkpointIn } from "./publish.ts";
import { readTiles, saveWitness, witnessRows, type Halt, type SignedHead, type WitnessProblem, type WitnessRow } from "./store.ts";
import type { Reply, WitnessLine } from "./transport.ts";

/** Who watches the logs of this installation, how they are reached, and what is needed to ask them. */
export type Witnesses = { readonly policy: Policy; readonly line: WitnessLine; readonly pool: pg.Pool; readonly now: () => Instant; readonly log: Log };

/** What came of asking: the signatures over this very head, and whoever has seen a larger tree than we have. */
export type Asked = { readonly cosignatures: readonly NoteSignature[]; readonly witnesses: ReadonlySet<string>; readonly silent: ReadonlySet<string>; readonly ahead: Halt | undefined };

/** The ways of signing that our logs and witnesses use. */
export const schemes = [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)] as const;

const firstPauseMs = 5_000;
const longestPauseMs = 60 * 60_000;
// A witness that went away while nothing happens here is noticed within the hour, and its time stays fresh.
const renewMs = 60 * 60_000;

/** When a witness may be asked again: at once after an answer, ever more rarely after failures. */
export const pauseAfter = (failures: number): number => (failures === 0 ? 0 : Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs));

/**
 * Asks the witnesses to cosign a head whose tiles are published. Those that failed lately are left in peace until their pause is
 * over, unless `everyone` is asked: at the start, before anything is signed.
 */
export const askWitnesses = async (of: Witnesses, tenantId: Id, head: SignedHead, everyone = false): Promise<Asked> => {
  const known = new Map((await witnessRows(of.pool, tenantId)).map((row) => [row.name, row]));
  const answers = await Promise.all(
    of.policy.witnesses.map(async (witness): Promise<{ readonly row: WitnessRow; readonly witness: PolicyWitness; readonly isSilent: boolean; readonly seen: number }> => {
      const row = known.get(witness.name) ?? { name: witness.name, size: 0, cosignature: null, at: null, asked: of.now(), failures: 0, problem: null };
      const restedMs = Date.parse(of.now()) - Date.parse(row.asked);
      const isDone = row.size === head.size && row.cosignature !== null && row.problem === null && restedMs < renewMs;
      const isPausing = restedMs < pauseAfter(row.failures);
      if (witness.url === undefined || (!everyone && (isDone || isPausing))) return { row, witness, isSilent: row.problem === "tak_terjangkau", seen: row.size };
      const answer = await ask(of, tenantId, { ...witness, url: witness.url }, row, head);
      await saveWitness(of.pool, tenantId, answer.row);
      if (answer.row.problem !== null && answer.row.problem !== row.problem) {
        const facts = { tenantId, witness: witness.name, size: head.size, problem: answer.row.problem };
        if (answer.row.problem === "menolak") of.log.error(facts, "a witness refuses this log: its history is not the one that was cosigned");
        else of.log.warn(facts, "a witness does not cosign");
      }
      return { ...answer, witness };
    }),
  );
  const cosigned = answers.flatMap(({ row, witness }) => {
    const signature = row.size === head.size && row.cosignature !== null ? signatureOf(row.cosignature) : undefined;
    return signature === undefined ? [] : [{ name: witness.name, signature }];
  });
  const ahead = answers.filter((answer) => answer.seen > head.size).toSorted((one, other) => other.seen - one.seen)[0];
  return {
    cosignatures: cosigned.map(({ signature }) => signature),
    witnesses: new Set(cosigned.map(({ name }) => name)),
    silent: new Set(answers.filter(({ isSilent }) => isSilent).map(({ witness }) => witness.name)),
    ahead: ahead === undefined ? undefined : { size: head.size, seen: ahead.seen, by: ahead.witness.name },
  };
};

/** The checkpoint as it is published: the log's signature and those of its witnesses. */
export const cosignedNote = (head: SignedHead, cosignatures: readonly NoteSignature[]): string => {
  const note = parseNote(head.checkpoint);
  if ("refused" in note) throw new Error("the stored head is no signed checkpoint; run lontar fsck");
  return formatNote({ text: note.value.text, signatures: [...note.value.signatures, ...cosignatures] });
};

/** Have enough witnesses cosigned? */
export const hasQuorum = (policy: Policy, asked: Asked): boolean => isReached(policy.quorum, asked.witnesses);

/** Could a quorum have seen a larger tree, and nobody who answered knows of it? Then nothing may be signed yet. */
export const couldHaveMissedOne = (policy: Policy, silent: ReadonlySet<string>): boolean => policy.quorum.kind !== "none" && isReached(policy.quorum, silent);

/** The largest tree that a witness keeps of a log of which we have nothing at all: everything but the keys may have been lost. */
export const askAboutEmptyLog = async ({ policy, line }: Witnesses, tenantId: Id): Promise<Pick<Asked, "silent" | "ahead">> => {
  const silent = new Set<string>();
  let ahead: Halt | undefined;
  const origin = logOrigin(tenantId);
  for (const { name, url } of policy.witnesses) {
    if (url === undefined) continue;
    const reply = await line.checkpoint(url, toHex(sha256(utf8(origin)))).catch(() => undefined); // silence is an answer of its own
    if (reply === undefined || (reply.status !== 200 && reply.status !== 404)) silent.add(name);
    const seen = reply?.status === 200 ? (checkpointIn(reply.body)?.size ?? 0) : 0;
    if (seen > (ahead?.seen ?? 0)) ahead = { size: 0, seen, by: name };
  }
  return { silent, ahead };
};

type Answer = { readonly row: WitnessRow; readonly isSilent: boolean; readonly seen: number };
type Reachable = PolicyWitness & { readonly url: string };

/** One witness, at most twice: it may have come further than we remember. */
const ask = async (of: Witnesses, tenantId: Id, witness: Reachable, row: WitnessRow, head: SignedHead): Promise<Answer> => {
  const asked = of.now();
  const failed = (problem: WitnessProblem, seen = row.size): Answer => ({ row: { ...row, asked, failures: row.failures + 1, problem }, isSilent: problem !== "menolak" && seen <= row.size, seen });
  let oldSize = Math.min(row.size, head.size);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    let reply: Reply;
    try {
      const proof = oldSize === 0 ? [] : await proveTree(oldSize, head.size, tileHashReader(head.size, (tiles) => readTiles(of.pool, tenantId, tiles)));
      reply = await of.line.addCheckpoint(witness.url, formatAddCheckpoint({ oldSize, proof, checkpoint: head.checkpoint }));
    } catch (error) {
      of.log.info({ tenantId, witness: witness.name, error: describeError(error) }, "a witness cannot be reached");
      return failed("tak_terjangkau");
    }
    switch (reply.status) {
      case 200: {
        const cosignature = await ownCosignature(witness, head, reply.body);
        if (cosignature === undefined) return failed("jawaban_salah");
        const at = new Date((cosignatureTime(cosignature.bytes) ?? 0) * 1000).toISOString();
        return { row: { name: row.name, size: head.size, cosignature: formatSignatures([cosignature]), at, asked, failures: 0, problem: null }, isSilent: false, seen: head.size };
      }
      case 409: {
        const seen = /^(0|[1-9]\d{0,14})\n$/.test(reply.body) ? Number(reply.body) : undefined;
        if (seen === undefined) return failed("jawaban_salah");
        if (seen > head.size) return failed("menolak", seen);
        if (seen === oldSize) return failed("menolak"); // the same size and another root
        oldSize = seen;
        break;
      }
      case 422:
        return failed("menolak");
      case 404:
        return failed("tak_dikenal");
      case 403:
        return failed("tak_dipercaya");
      default:
        return failed("jawaban_salah");
    }
  }
  return failed("jawaban_salah");
};

/** The line by which this very witness cosigned this very head; whatever else it sent is no business of ours. */
const ownCosignature = async (witness: PolicyWitness, head: SignedHead, lines: string): Promise<NoteSignature | undefined> => {
  const signatures = parseSignatures(lines);
  const own = "value" in signatures ? signatures.value.find(({ name, keyId }) => name === witness.key.name && keyId === witness.key.keyId) : undefined;
  if (own === undefined) return undefined;
  const opened = await openNote(cosignedNote(head, [own]), { keys: [witness.key], schemes });
  return "value" in opened ? own : undefined;
};

const signatureOf = (line: string): NoteSignature | undefined => {
  const parsed = parseSignatures(line);
  return "value" in parsed ? parsed.value[0] : undefined;
};
