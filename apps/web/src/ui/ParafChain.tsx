import type { ReactElement, ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { Icon, type IconName } from "./Icon.tsx";
import css from "./ParafChain.module.css";

/** One step of the approval chain. */
export type ChainStep = {
  readonly id: string;
  readonly person: string;
  /** Post, or `Penyusun`, `Penanda tangan, Plh. Kepala Dinas`. */
  readonly role: string;
  readonly kind: "drafter" | "paraf" | "signature";
  readonly state: "approved" | "now" | "returned" | "waiting" | "void";
  /** The version that was approved or returned. */
  readonly version?: number;
  /** `Paraf hari ini 09.48.`, `Sedang memperbaiki sejak 13.20`; absent while waiting. */
  readonly words?: ReactNode;
  readonly note?: string | null;
};

/** The chain of paraf up to the signature, on a cord that turns golden as far as it is approved. */
export const ParafChain = ({ steps }: { readonly steps: readonly ChainStep[] }): ReactElement => {
  const { chain } = useMessages();
  return (
    <ol className={css["chain"]} aria-label={chain.title}>
      {steps.map((step) => (
        <li key={step.id} className={css["step"]} data-state={step.state} aria-current={step.state === "now" ? "step" : undefined}>
          <span className={css["knot"]}>{iconOf(step) !== undefined && <Icon name={iconOf(step) ?? "check"} size={14} />}</span>
          <div>
            <b>{step.person}</b>
            <small>{step.role}</small>
          </div>
          {step.version !== undefined ? <span className={css["version"]}>{chain.version(step.version)}</span> : <span />}
          <p className={css["words"]}>
            {step.state === "void" && <>{chain.void}. </>}
            {step.words ?? (step.state === "waiting" ? chain.waiting : null)}
            {step.note !== undefined && step.note !== null && step.note !== "" && <> <q>{step.note}</q></>}
          </p>
        </li>
      ))}
    </ol>
  );
};

const iconOf = (step: ChainStep): IconName | undefined => {
  switch (step.state) {
    case "approved":
      return "check";
    case "now":
      return step.kind === "signature" ? "fingerprint" : step.kind === "paraf" ? "paraf" : "pen";
    case "returned":
      return "undo";
    case "void":
      return "close";
    case "waiting":
      return step.kind === "signature" ? "fingerprint" : undefined;
    default:
      throw step.state satisfies never;
  }
};
