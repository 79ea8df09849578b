import { idFrom, startOfDay } from "../../kernel/ids.ts";
import { exportMachine, exportStore } from "../../organisation/index.ts";
import { emergencyMachine, emergencyStore } from "../../oversight/index.ts";
import { tell } from "../story.ts";
import { register } from "./incoming.ts";
import { initialled } from "./numbers.ts";
import { dayIn, type Plant, type Planting } from "./planting.ts";

const manyLetters = 45;
const manyCopies = 20;

const at = (from: string, minutes: number): string => new Date(Date.parse(from) + minutes * 60_000).toISOString();

/** The middle of the night after a working day. */
const nightAfter = (on: Planting, day: number): string => at(startOfDay(dayIn(on, on.on(day)), on.world.zone), 23 * 60 + 40);

/** Plants among readings, hours and devices. */
export const accessPlants: Readonly<Record<string, Plant>> = {
  // The head opens forty-five letters within three quarters of an hour.
  "E-01": (on) => {
    const letters = Array.from({ length: manyLetters }, (_, n) => {
      const incoming = register(on, on.on(Math.floor(n / 10), (n % 10) * 8));
      incoming.direct(on.on(5, n));
      return incoming;
    });
    const begun = on.on(6);
    for (const [n, { letter }] of letters.entries()) letter.say({ type: "open" }, on.act(on.office.head, at(begun, n)));
    for (const { letter, end } of letters) {
      letter.say({ type: "close", note: "Untuk diketahui." }, on.act(on.office.head, at(begun, 120)));
      end();
    }
    return letters.map(({ id }) => id);
  },
  // Numbered and signed shortly before midnight.
  "E-02": (on) => {
    const naskah = initialled(on, 0);
    const night = nightAfter(on, 4);
    naskah.freeze(night);
    naskah.sign(at(night, 6));
    naskah.issue(at(night, 6));
    naskah.end();
    return [naskah.id];
  },
  // A member of staff comes in; five minutes later, by the same browser, the head, who signs.
  "E-03": (on) => {
    const { head } = on.office;
    const staff = on.office.staff[0] ?? on.office.clerk;
    const naskah = initialled(on, 0);
    const begun = on.on(5);
    on.account(staff, on.on(0)).enter(begun, `${on.office.officeId}/staf`);
    on.account(head, on.on(0)).enter(at(begun, 5), `${on.office.officeId}/staf`);
    naskah.freeze(at(begun, 15));
    naskah.sign(at(begun, 17));
    naskah.issue(at(begun, 17));
    naskah.end();
    return [naskah.id];
  },
  // A secret letter is opened by break-glass, and read.
  "E-04": (on) => {
    const { world: { tenantId, offices }, batch, dice, office } = on;
    const incoming = register(on, on.on(0), { security: "R" });
    incoming.direct(on.on(0, 60));
    const opener = offices.find((other) => other.officeId !== office.officeId)?.head ?? office.deputy;
    const opened = on.on(1);
    const id = idFrom(Date.parse(opened), dice.bytes(10));
    const emergency = tell(batch.rows, dice, emergencyMachine, emergencyStore, id, null);
    emergency.say({
      type: "open", letter: { id: incoming.id, kind: "surat", number: incoming.facts.number, security: "R" }, reason: "Pemegang surat tidak dapat dihubungi sejak pagi.", standing: "atasan", minutes: 60, alarmed: [{ positionId: office.head.id, title: office.head.title }], isHeard: true, mayReadAnyway: false, isRunning: false,
    }, on.act(opener, opened));
    emergency.say({ type: "read", part: { what: "surat", sha256: null } }, on.act(opener, at(opened, 2)));
    emergency.say({ type: "acknowledge", note: "" }, on.act(office.head, at(opened, 90)));
    emergency.end(tenantId);
    incoming.letter.say({ type: "open" }, on.act(office.head, on.on(2)));
    incoming.letter.say({ type: "close", note: "" }, on.act(office.head, on.on(2, 20)));
    incoming.end();
    return [id];
  },
  // The head takes twenty copies of one letter's trail away, one every eight minutes.
  "E-05": (on) => {
    const { world: { tenantId }, batch, dice, office: { head } } = on;
    const incoming = register(on, on.on(0));
    incoming.direct(on.on(0, 60));
    incoming.letter.say({ type: "open" }, on.act(head, on.on(1)));
    incoming.letter.say({ type: "close", note: "Untuk diketahui." }, on.act(head, on.on(1, 20)));
    incoming.end();
    return Array.from({ length: manyCopies }, (_, n) => {
      const made = on.on(2, n * 8);
      const id = idFrom(Date.parse(made), dice.bytes(10));
      const copy = tell(batch.rows, dice, exportMachine, exportStore, id, null);
      copy.say({ type: "make", export: { what: "jejak", letterId: incoming.id, form: "pdf", filter: "", rows: 4 }, mayRead: true }, on.act(head, made));
      copy.end(tenantId);
      return id;
    });
  },
};
