import type { ResultOf } from "../kernel/api.ts";

/** A received letter as one person sees it. */
export type LetterView = ResultOf<"received.show">;

/** One receiver in the disposisi tree. */
export type TreeNode = LetterView["tree"][number];

/** An act that the server allows this person now, on the letter or on one receiver of its disposisi. */
export type LetterAct =
  | { readonly kind: "register" | "direct" | "close" | "file" | "discard" | "reply" }
  | { readonly kind: "dispose"; readonly node: TreeNode | undefined }
  | { readonly kind: "accept" | "giveBack" | "withdraw" | "report" | "progress"; readonly node: TreeNode };

/** All receivers of a tree, from above. */
export const nodesIn = (tree: readonly TreeNode[]): readonly TreeNode[] => tree.flatMap((node) => [node, ...nodesIn(node.children)]);

/**
 * What this person can do, most needed first. A report that waits for judgement comes before one's own work, work before passing
 * on, and what cannot be taken back stands last. Handing on comes early only where someone stands below: to colleagues it is rare.
 */
export const actsOn = (letter: LetterView): readonly LetterAct[] => {
  const may = (act: string): boolean => letter.may.includes(act);
  const nodes = nodesIn(letter.tree);
  const on = (act: "accept" | "giveBack" | "withdraw" | "report" | "progress"): readonly LetterAct[] => nodes.filter((node) => node.may.includes(act)).map((node) => ({ kind: act, node }));
  const working = nodes.filter((node) => node.may.includes("progress"));
  const mine = working.find((node) => node.responsible) ?? working[0];
  const asks = mine?.responsible === true;
  const handed: readonly LetterAct[] = may("dispose") ? [{ kind: "dispose", node: undefined }] : mine?.may.includes("dispose") === true ? [{ kind: "dispose", node: mine }] : [];
  const [dispose, disposeLate] = letter.reach === "below" ? [handed, []] : [[], handed];
  const isFirstDirection = letter.status === "tercatat";
  const isFinished = letter.status === "selesai" || letter.status === "diberkaskan" || letter.status === "dibuang";
  const close: readonly LetterAct[] = may("close") ? [{ kind: "close" }] : [];
  // Once the reports are in, the addressee's next act is to finish; before, it is to pass on.
  const closesFirst = letter.status === "didisposisi" || letter.reach !== "below";
  return [
    ...(may("register") ? [{ kind: "register" } as const] : []),
    ...(may("direct") && isFirstDirection ? [{ kind: "direct" } as const] : []),
    ...on("accept"),
    ...on("giveBack"),
    ...(asks ? on("report") : []),
    ...(closesFirst ? close : []),
    ...dispose,
    ...(closesFirst ? [] : close),
    ...(may("file") ? [{ kind: "file" } as const] : []),
    ...on("progress"),
    ...(asks ? [] : on("report")),
    ...(letter.agenda !== null && !isFinished && (may("dispose") || mine !== undefined) ? [{ kind: "reply" } as const] : []),
    ...disposeLate,
    ...(may("direct") && !isFirstDirection ? [{ kind: "direct" } as const] : []),
    ...on("withdraw"),
    ...(may("discard") ? [{ kind: "discard" } as const] : []),
  ];
};

/** What cannot be taken back is never the one large button: it is chosen from the menu, on purpose. */
export const isDangerous = (act: LetterAct): boolean => act.kind === "withdraw" || act.kind === "discard";

/** Is nothing asked of this person: was he only informed, by a disposisi or by a copy of the letter? */
export const isInformed = (letter: LetterView): boolean => {
  const working = nodesIn(letter.tree).filter((node) => node.may.includes("progress"));
  return working.length > 0 ? working.every((node) => !node.responsible) : letter.copy && letter.status !== "didisposisi" && letter.may.includes("close");
};

// What he who was only informed may do; none of it waits for him.
const voluntary: ReadonlySet<LetterAct["kind"]> = new Set(["dispose", "progress", "report", "close", "reply"]);

/** The one large button, a second one beside it, and what stands in the menu. Who was only informed has no large button: nothing is asked of him. */
export const placed = (letter: LetterView): { readonly main: LetterAct | undefined; readonly other: LetterAct | undefined; readonly more: readonly LetterAct[] } => {
  const acts = actsOn(letter);
  const informed = isInformed(letter);
  const main = acts.find((act) => !isDangerous(act) && !(informed && voluntary.has(act.kind)));
  const rest = acts.filter((act) => act !== main);
  const other = rest.find((act) => act.kind === "giveBack") ?? rest.find((act) => !isDangerous(act) && act.kind !== "direct");
  return { main, other, more: rest.filter((act) => act !== other) };
};

/** Rahasia and Sangat Rahasia: a closed envelope until it is opened on purpose. */
export const isSecret = (letter: Pick<LetterView, "facts">): boolean => letter.facts?.security === "R" || letter.facts?.security === "SR";

/** The readings that opening the page tells the server by itself; a secret letter waits for the person's own hand. */
export const readingsToTell = (letter: LetterView): readonly ({ readonly kind: "letter" } | { readonly kind: "node"; readonly id: string })[] => [
  ...(letter.may.includes("open") ? [{ kind: "letter" } as const] : []),
  ...nodesIn(letter.tree).filter((node) => node.may.includes("open")).map((node) => ({ kind: "node", id: node.id }) as const),
];
