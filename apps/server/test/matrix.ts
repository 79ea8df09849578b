import type { Actor } from "../src/kernel/actor.ts";
import type { Decision } from "../src/kernel/perform.ts";

/** What a matrix is made of: every state, everything that can be said, everyone who may say it. */
export type MatrixOf<State, Command, Event extends { readonly type: string }> = {
  readonly title: string;
  readonly states: Readonly<Record<string, State>>;
  readonly commands: Readonly<Record<string, Command>>;
  readonly people: Readonly<Record<string, Actor>>;
  readonly decide: (state: State, command: Command, by: Actor) => Decision<Event>;
};

/** Prints state × command × person → outcome; people with one outcome share it, in the order of the people. */
export const matrix = <State, Command, Event extends { readonly type: string }>(of: MatrixOf<State, Command, Event>): string => {
  const outcome = (state: State, command: Command, by: Actor): string => {
    const decision = of.decide(state, command, by);
    if ("refused" in decision) return decision.refused;
    return decision.events.length === 0 ? "(sudah demikian)" : decision.events.map((event) => event.type).join(" + ");
  };
  const line = (state: State, name: string, command: Command): string => {
    const groups = Map.groupBy(Object.entries(of.people), ([, by]) => outcome(state, command, by));
    const parts = [...groups].map(([result, people]) => `${people.length === Object.keys(of.people).length ? "semua" : people.map(([person]) => person).join(", ")}: ${result}`);
    return `${name.padEnd(34)} ${parts.join(" | ")}`;
  };
  const blocks = Object.entries(of.states).map(([name, state]) => `## ${name}\n${Object.entries(of.commands).map(([said, command]) => line(state, said, command)).join("\n")}`);
  return `# ${of.title}\n\n${blocks.join("\n\n")}\n`;
};
