import type { TimeWords } from "../kernel/time.ts";
import type { Holder, NodeState, TreeNode as DrawnNode } from "../ui/DispositionTree.tsx";
import type { AvatarKind } from "../ui/Small.tsx";
import type { LetterView, TreeNode } from "./letter-acts.ts";

const states = { belum_dibaca: "unread", dibaca: "read", diproses: "working", dilaporkan: "reported", diterima: "accepted", dikembalikan: "returned", ditarik: "withdrawn" } as const satisfies Record<TreeNode["status"], NodeState>;

/** What the drawing needs besides the tree. */
export type TreeWords = {
  readonly me: { readonly positionId: string };
  readonly time: TimeWords;
  readonly now: Date;
  readonly you: string;
  readonly vacant: string;
  readonly holding: { readonly definitif: string; readonly plt: string; readonly plh: string; readonly pj: string };
  readonly waitsForYou: string;
  readonly until: (words: string) => string;
  readonly acts: (node: TreeNode) => DrawnNode["acts"];
  readonly fileHref: (sha256: string) => string;
};

/** The disposisi tree as drawn: each giver at the top, his receivers below. */
export const drawTree = (letter: Pick<LetterView, "tree" | "holders">, words: TreeWords): readonly DrawnNode[] => {
  const givers = Map.groupBy(letter.tree, (node) => `${node.from.id} ${node.fromPerson}`);
  return [...givers].map(([key, nodes]): DrawnNode => {
    const [first] = nodes;
    const isMe = first?.from.id === words.me.positionId;
    const since = first === undefined ? "" : words.time.when(first.given, words.now);
    return {
      id: key,
      post: first?.from.title ?? "",
      person: `${isMe ? words.you : (first?.fromPerson ?? "")}, ${since}`,
      avatar: isMe ? "you" : "person",
      isResponsible: false,
      isHolding: false,
      deadline: null,
      children: nodes.map((node) => drawNode(node, letter, words)),
    };
  });
};

const drawNode = (node: TreeNode, letter: Pick<LetterView, "holders">, words: TreeWords): DrawnNode => {
  const isOver = node.status === "diterima" || node.status === "ditarik";
  const isMine = node.to.id === words.me.positionId;
  const waitsForMe = node.status === "dilaporkan" && node.from.id === words.me.positionId;
  const deadline = node.due === null || isOver ? null : node.status === "dilaporkan" && !node.late ? null : words.time.deadline(node.due, words.now, node.given);
  const acts = words.acts(node);
  return {
    id: node.id,
    post: node.to.title,
    person: personOf(node.to, isMine, words),
    avatar: avatarOf(node.to, isMine),
    ...(node.instructions.length + node.note.length > 0 && { instruction: [...node.instructions, ...(node.note === "" ? [] : [`“${node.note}”`])].join(", ") }),
    isResponsible: node.responsible,
    isHolding: !isOver && letter.holders.some((post) => post.id === node.to.id),
    state: states[node.status],
    deadline,
    detail: deadline !== null && node.due !== null && deadline.tone !== "late" ? words.until(words.time.when(node.due, words.now)) : words.time.stamp(node.changed, words.now),
    ...(waitsForMe && { stateWords: words.waitsForYou }),
    ...(node.report !== null && { report: { note: node.report.note } }),
    files: node.files.map((file) => ({ name: file.name, href: words.fileHref(file.sha256) })),
    ...(node.status === "dikembalikan" && node.returnReason !== null && { returnReason: node.returnReason }),
    ...(acts !== undefined && { acts }),
    children: node.children.map((child) => drawNode(child, letter, words)),
  };
};

const personOf = (post: TreeNode["to"], isMine: boolean, words: TreeWords): string => {
  const holding = post.holding === null ? "" : words.holding[post.holding];
  const name = isMine ? words.you : (post.holder ?? words.vacant);
  return holding === "" ? name : `${name} · ${holding}`;
};

const avatarOf = (post: TreeNode["to"], isMine: boolean): AvatarKind => (isMine ? "you" : post.holder === null ? "vacant" : post.holding === "definitif" ? "person" : "acting");

/** Who holds the letter now; a late one is said in red. */
export const drawHolders = (letter: Pick<LetterView, "tree" | "holders">, words: Pick<TreeWords, "me" | "you">, all: readonly TreeNode[]): readonly Holder[] =>
  letter.holders.map((post) => ({
    name: post.id === words.me.positionId ? words.you : post.title,
    isLate: all.some((node) => node.to.id === post.id && node.late && node.status !== "diterima" && node.status !== "dilaporkan" && node.status !== "ditarik"),
  }));
