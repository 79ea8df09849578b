import { givingMachine, dispositionStore, noDisposition } from "../../dispositions/index.ts";
import { idFrom, localDate, type Id } from "../../kernel/ids.ts";
import { agendaSeries, arrivingMachine, noLetter, receivedStore, writtenNumber, type ReceivedFacts } from "../../letters/index.ts";
import type { Post } from "../../organisation/index.ts";
import { dayMs } from "../plan.ts";
import { tell, type Story } from "../story.ts";
import { senders, subjectOf } from "../words.ts";
import type { Planting } from "./planting.ts";

type ReceivedEvent = Parameters<typeof arrivingMachine.evolve>[1];
type LetterStory = Story<Parameters<typeof receivedStore.traces>[1], Parameters<typeof arrivingMachine.decide>[1], ReceivedEvent>;
type NodeStory = Story<Parameters<typeof dispositionStore.traces>[1], Parameters<typeof givingMachine.decide>[1], Parameters<typeof givingMachine.evolve>[1]>;

/** A letter that comes in, step by step. */
export type Incoming = { readonly id: Id; readonly facts: ReceivedFacts; readonly letter: LetterStory; readonly direct: (at: string) => void; readonly give: (to: Post, responsible: boolean, at: string) => NodeStory; readonly end: () => void };

/** Registers a letter at a moment, by the office's clerk or by whoever acts in his post. */
export const register = (on: Planting, at: string, given: { readonly receivedOn?: string; readonly security?: "B" | "R"; readonly by?: (at: string) => ReturnType<Planting["act"]> } = {}): Incoming => {
  const { world: { tenantId, zone, files }, batch, dice, series, office, act } = on;
  const id = idFrom(Date.parse(at), dice.bytes(10));
  const by = given.by ?? ((moment: string) => act(office.clerk, moment));
  const letter = tell(batch.rows, dice, arrivingMachine, receivedStore, id, noLetter);
  const soon = (minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString();
  letter.say({ type: "receive", unitId: office.officeId, registrars: [office.clerk.id], file: dice.pick(files) }, by(at));
  const year = Number(localDate(at, zone).slice(0, 4));
  const name = agendaSeries(office.officeId, year);
  const agenda = (series.get(name) ?? 0) + 1;
  series.set(name, agenda);
  const receivedOn = given.receivedOn ?? localDate(at, zone);
  const facts: ReceivedFacts = {
    sender: dice.pick(senders), number: `000.1.1/${10_000 + dice.below(80_000)}/UMUM/${year}`, date: localDate(new Date(Date.parse(`${receivedOn}T00:00:00Z`) - 2 * dayMs).toISOString(), zone), subject: subjectOf(dice.below(100_000)), summary: "", receivedOn, attachment: "", medium: "kertas",
    security: given.security ?? "B", urgency: "biasa", classification: "000.1.1", due: null,
  };
  letter.say({ type: "register", facts, separateBecause: "", duplicates: [], isLeaf: true, agenda, year, dueAt: null }, by(soon(6)));
  batch.numbers.push({ series: name, n: agenda, thingId: id, fate: "disahkan", at: soon(6) });
  batch.search.push({ subjectId: id, kind: "surat", dated: facts.date, facts: [writtenNumber(agenda), facts.number, facts.sender].join("\n"), content: "", scan: "" });
  const nodes: NodeStory[] = [];
  return {
    id, facts, letter,
    direct: (moment) => void letter.say({ type: "direct", to: { positionId: office.head.id, title: office.head.title }, hasHolder: true }, act(office.clerk, moment)),
    give: (to, responsible, moment) => {
      const node = tell(batch.rows, dice, givingMachine, dispositionStore, idFrom(Date.parse(moment), dice.bytes(10)), noDisposition);
      node.say({
        type: "give", letterId: id, letter: { sender: facts.sender, title: facts.subject, number: facts.number, security: facts.security, urgency: "biasa" }, parentId: null, toId: to.id, toTitle: to.title, responsible, instructions: ["Tindak lanjuti"], note: "",
        due: new Date(Date.parse(moment) + 5 * dayMs).toISOString(), isInAuthority: true, hasHolder: true,
      }, act(office.head, moment));
      nodes.push(node);
      return node;
    },
    end: () => {
      for (const node of nodes) node.end(tenantId);
      letter.end(tenantId);
    },
  };
};
