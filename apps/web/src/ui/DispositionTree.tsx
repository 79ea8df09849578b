import type { ReactElement, ReactNode } from "react";
import type { Deadline } from "../kernel/time.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { cx } from "./class-names.ts";
import { Icon } from "./Icon.tsx";
import { PostAvatar, Ring, type AvatarKind } from "./Small.tsx";
import css from "./DispositionTree.module.css";

/** What the receiver has done so far. */
export type NodeState = "unread" | "read" | "working" | "reported" | "accepted" | "returned" | "withdrawn";

/** One post in the tree. */
export type TreeNode = {
  readonly id: string;
  readonly post: string;
  /** The holder, with `selaku Plh.` where it applies; for the giver at the top, `Anda, Kamis 19 November 09.20`. */
  readonly person: string;
  readonly avatar: AvatarKind;
  /** The name behind the two letters, when `person` is a sentence. */
  readonly face?: string;
  readonly instruction?: string;
  /** Exactly one in each disposisi. */
  readonly isResponsible: boolean;
  /** The letter waits in this post's hands now. */
  readonly isHolding: boolean;
  /** Absent for the giver at the top. */
  readonly state?: NodeState;
  readonly deadline: Deadline | null;
  /** A few words under the state: since when, `batas hari ini 12.00`. */
  readonly detail?: string;
  /** The words of the state, when they say more than the state's own name, such as `menunggu Anda`. */
  readonly stateWords?: string;
  readonly report?: { readonly note: string };
  /** What the receiver handed in. */
  readonly files?: readonly { readonly name: string; readonly href: string }[];
  readonly returnReason?: string;
  /** Acts on this node (withdraw, accept), shown under it. */
  readonly acts?: ReactNode;
  readonly children: readonly TreeNode[];
};

/** Who holds the letter now, in a sentence: late ones in red. */
export type Holder = { readonly name: string; readonly isLate: boolean };

/** The disposisi tree: who gave it to whom, who answers for it, who holds it now. */
export const DispositionTree = ({ roots, holders, action, isTitled = true }: { readonly roots: readonly TreeNode[]; readonly holders: readonly Holder[]; readonly action?: ReactNode; /** A title of its own is not wanted where a tab already names it. */ readonly isTitled?: boolean }): ReactElement => {
  const { tree } = useMessages();
  return (
    <section className={css["section"]} aria-label={tree.title}>
      <header>
        {isTitled && <h2>{tree.title}</h2>}
        <p>
          {holders.length === 0 ? tree.nobody : (
            <>
              {tree.inHandsOf}{" "}
              {holders.map((holder, index) => (
                <span key={holder.name}>
                  {index > 0 && (index === holders.length - 1 ? ` ${tree.and} ` : ", ")}
                  <b className={holder.isLate ? css["red"] : undefined}>{holder.name}</b>
                </span>
              ))}
            </>
          )}
        </p>
        {action}
      </header>
      <ul className={css["tree"]}>
        {roots.map((node) => <OneNode key={node.id} node={node} />)}
      </ul>
    </section>
  );
};

const OneNode = ({ node }: { readonly node: TreeNode }): ReactElement => {
  const { tree } = useMessages();
  const isLate = node.deadline?.tone === "late" && node.state !== "accepted" && node.state !== "withdrawn";
  const tone = isLate ? "toneLate" : node.state === "accepted" ? "toneDone" : node.state === "reported" || node.state === "returned" || node.deadline?.tone === "soon" ? "toneSoon" : undefined;
  const words = node.stateWords ?? (node.state === undefined ? "" : isLate && node.deadline !== null ? node.deadline.words : tree.status[node.state]);
  return (
    <li className={cx(css["node"], node.isHolding && !isLate && css["holding"], isLate && css["late"], node.state === "withdrawn" && css["withdrawn"])}>
      <div className={css["card"]}>
        <Face node={node} />
        <div className={css["words"]}>
          <b>
            <span>{node.post}</span>
            {node.isResponsible && (
              <span className={css["flag"]} title={tree.responsible}>
                <Icon name="flag" size={14} />
                <span className={css["long"]}>{tree.responsible}</span>
                <abbr className={css["short"]} title={tree.responsible}>{tree.responsibleShort}</abbr>
              </span>
            )}
          </b>
          <span>
            {node.person}
            {node.instruction !== undefined && <i>{node.instruction}</i>}
          </span>
        </div>
        <div className={cx(css["state"], tone !== undefined && css[tone])}>
          <b>
            {node.state !== undefined && <StateMark node={node} isLate={isLate} />}
            {words}
          </b>
          <small>{node.detail}</small>
        </div>
      </div>
      {(node.report !== undefined || (node.files ?? []).length > 0 || node.returnReason !== undefined || node.acts !== undefined) && (
        <div className={css["report"]}>
          {node.report !== undefined && node.report.note !== "" && <p>“{node.report.note}”</p>}
          {node.files?.map((file) => (
            <a key={file.href} href={file.href}>
              <Icon name="clip" size={16} />
              {file.name}
            </a>
          ))}
          {node.returnReason !== undefined && <p className={css["returned"]}>{tree.status.returned}: “{node.returnReason}”</p>}
          {node.acts}
        </div>
      )}
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child) => <OneNode key={child.id} node={child} />)}
        </ul>
      )}
    </li>
  );
};

const Face = ({ node }: { readonly node: TreeNode }): ReactElement => <PostAvatar name={node.face ?? (node.avatar === "you" ? node.post : node.person)} kind={node.avatar} />;

const StateMark = ({ node, isLate }: { readonly node: TreeNode; readonly isLate: boolean }): ReactElement | null => {
  if (isLate) return <Ring deadline={{ tone: "late", part: 1, words: "" }} />;
  switch (node.state) {
    case "accepted":
      return <Ring deadline={{ tone: "done", part: 1, words: "" }} />;
    case "read":
      return node.deadline === null ? <Icon name="eye" size={16} /> : <Ring deadline={node.deadline} />;
    case "returned":
      return <Icon name="undo" size={16} />;
    case "withdrawn":
      return <Icon name="close" size={16} />;
    case "unread":
    case "working":
    case "reported":
      return node.deadline === null ? null : <Ring deadline={node.deadline} />;
    case undefined:
      return null;
    default:
      throw node.state satisfies never;
  }
};
