import { checkSentence, documentSentence } from "@lontar/contract/validation-words";
import type { ReactElement } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { FactLines } from "../ui/FactGrid.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import type { FileCheck } from "./check-file.ts";
import css from "./Open.module.css";
import { useOpenMessages, useZoneWords } from "./messages.ts";

const icons = { passed: "check", failed: "close", indeterminate: "help" } as const satisfies Record<string, IconName>;

/** For whoever wants to see how the verdict came about: the hash, and every named check of every signature. */
export const CheckDetails = ({ found: { sha256, report } }: { readonly found: FileCheck }): ReactElement | null => {
  const { check } = useOpenMessages();
  const language = useLanguage();
  const time = useZoneWords();
  if (sha256 === "") return null;
  return (
    <details className={css["details"]}>
      <summary>{check.details}</summary>
      <FactLines facts={[{ label: check.hash, value: <code>{sha256.replaceAll(/(.{8})(?=.)/g, "$1 ")}</code> }, ...(report === undefined ? [] : [{ label: check.indication, value: report.indication, note: documentSentence(language, report) }, { label: check.revisions, value: String(report.document.revisions) }])]} />
      {report?.signatures.map((signature) => (
        <section key={signature.field} style={{ marginTop: 20 }}>
          <h2>{signature.signer?.name ?? signature.field}</h2>
          {signature.claimedTime !== undefined && <p className={css["quiet"]}>{check.claimed}: {time.full(signature.claimedTime)}</p>}
          <ul className={css["checks"]}>
            {signature.checks.map((each, index) => (
              <li key={`${each.name} ${index}` /* one name may stand for two checks */} data-outcome={each.outcome}>
                <Icon name={icons[each.outcome]} size={20} />
                <span>{check.names[each.name]}: {check.verdicts[each.outcome]}<small>{checkSentence(language, each)}</small>{language === "en" && <small>{each.detail}</small>}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  );
};
