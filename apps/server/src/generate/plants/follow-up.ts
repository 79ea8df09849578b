import { register, type Incoming } from "./incoming.ts";
import type { Plant, Planting } from "./planting.ts";

/** A letter that the head has opened. */
const opened = (on: Planting): Incoming => {
  const incoming = register(on, on.on(0));
  incoming.direct(on.on(0, 60));
  incoming.letter.say({ type: "open" }, on.act(on.office.head, on.on(1)));
  return incoming;
};

const disposed = (on: Planting, incoming: Incoming, to: readonly { readonly title: string; readonly responsible: boolean }[], at: string): void => void incoming.letter.say({ type: "dispose", to }, on.act(on.office.head, at));

const middleOf = (on: Planting): Planting["office"]["head"] => on.office.middle[0] ?? on.office.deputy;

/** Plants among disposisi and what follows them. */
export const followUpPlants: Readonly<Record<string, Plant>> = {
  // One receiver has begun to work and never reports; the letter is declared finished when the other has.
  "D-01": (on) => {
    const incoming = opened(on);
    const [middle, { deputy, head }] = [middleOf(on), on.office];
    const at = on.on(1, 30);
    disposed(on, incoming, [{ title: middle.title, responsible: true }, { title: deputy.title, responsible: false }], at);
    const main = incoming.give(middle, true, at);
    incoming.give(deputy, false, at).say({ type: "progress", note: "Sedang dikumpulkan." }, on.act(deputy, on.on(2)));
    main.say({ type: "report", note: "Bahan dari bidang sudah siap." }, on.act(middle, on.on(3)));
    main.say({ type: "accept", note: "" }, on.act(head, on.on(4)));
    incoming.letter.say({ type: "settle", because: "diterima" }, on.act(head, on.on(4)));
    incoming.letter.say({ type: "close", note: "Selesai." }, on.act(head, on.on(4, 15)));
    incoming.end();
    return [incoming.id];
  },
  // "ok" is accepted as a report.
  "D-02": (on) => {
    const incoming = opened(on);
    const [middle, { head }] = [middleOf(on), on.office];
    const at = on.on(1, 30);
    disposed(on, incoming, [{ title: middle.title, responsible: true }], at);
    const node = incoming.give(middle, true, at);
    node.say({ type: "report", note: "ok" }, on.act(middle, on.on(3)));
    node.say({ type: "accept", note: "" }, on.act(head, on.on(4)));
    incoming.letter.say({ type: "settle", because: "diterima" }, on.act(head, on.on(4)));
    incoming.letter.say({ type: "close", note: "Selesai." }, on.act(head, on.on(4, 15)));
    incoming.end();
    return [incoming.id];
  },
  // Read, and finished nine weeks later.
  "D-03": (on) => {
    const incoming = opened(on);
    incoming.letter.say({ type: "close", note: "Sudah lewat." }, on.act(on.office.head, on.on(64)));
    incoming.end();
    return [incoming.id];
  },
  // Three receivers in turn lose the disposisi before they have read it.
  "D-04": (on) => {
    const incoming = opened(on);
    const { head, deputy, clerk } = on.office;
    for (const [n, to] of [middleOf(on), deputy, clerk].entries()) {
      const at = on.on(2 + n);
      disposed(on, incoming, [{ title: to.title, responsible: true }], at);
      incoming.give(to, true, at).say({ type: "withdraw", reason: "Salah alamat" }, on.act(head, on.on(2 + n, 45)));
      incoming.letter.say({ type: "settle", because: "ditarik" }, on.act(head, on.on(2 + n, 45)));
    }
    incoming.letter.say({ type: "close", note: "Untuk diketahui." }, on.act(head, on.on(6)));
    incoming.end();
    return [incoming.id];
  },
};
