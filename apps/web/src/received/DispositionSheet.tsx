import { useEffect, type ReactElement } from "react";
import { useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { nodesIn } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import css from "./DispositionSheet.module.css";

/** Lembar disposisi on paper: what the office still files in a binder. Printed in Indonesian whatever the language of the screen. */
export const DispositionSheet = ({ letterId }: { readonly letterId: string }): ReactElement => {
  const words = useReceivedMessages();
  const me = useMe();
  const time = useTimeWords();
  const answer = useRead("received.show", { id: letterId });
  const instructions = useRead("office.instructions", {});
  const letter = answer.data;
  useEffect(() => {
    const before = document.title;
    if (letter !== undefined) document.title = `Lembar disposisi ${letter.agenda ?? ""}`.trim();
    return () => {
      document.title = before;
    };
  }, [letter]);
  if (letter === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { facts } = letter;
  const nodes = nodesIn(letter.tree).filter((node) => node.status !== "ditarik");
  const chosen = new Set(nodes.flatMap((node) => node.instructions));
  const offered = [...(instructions.data ?? [])].sort((a, b) => a.order - b.order).map((each) => each.text);
  const shown = [...offered, ...[...chosen].filter((text) => !offered.includes(text))];
  // Where receivers were asked different things, each instruction names by number those whom it binds.
  const isApart = new Set(nodes.map((node) => node.instructions.join("\n"))).size > 1;
  const numbers = (text: string): string => (isApart ? ` (${nodes.flatMap((node, index) => (node.instructions.includes(text) ? [index + 1] : [])).join(", ")})` : "");
  const rows: readonly (readonly [string, string])[] = facts === null ? [] : [
    ["Surat dari", facts.sender],
    ["Nomor surat", facts.number],
    ["Tanggal surat", time.date(facts.date)],
    ["Diterima tanggal", time.date(facts.receivedOn)],
    ["Nomor agenda", letter.agenda ?? ""],
    ["Sifat", { biasa: "Biasa", segera: "Segera", amat_segera: "Amat segera" }[facts.urgency]],
    ["Hal", facts.subject],
  ];
  return (
    <div className={css["page"]}>
      <div className={css["tools"]}>
        <ButtonLink href={`/surat/${letterId}`} icon="back" kind="quiet">{words.letter.back}</ButtonLink>
        <Button kind="primary" icon="print" onClick={() => print()}>{words.letter.print}</Button>
      </div>
      <article className={css["sheet"]} lang="id">
        <header>
          <p>PEMERINTAH {me.tenant.name.toUpperCase()}</p>
          <h1>{letter.unit.toUpperCase()}</h1>
        </header>
        <h2>LEMBAR DISPOSISI</h2>
        <table>
          <tbody>{rows.map(([label, value]) => <tr key={label}><th scope="row">{label}</th><td>{value}</td></tr>)}</tbody>
        </table>
        <div className={css["columns"]}>
          <section>
            <h3>Diteruskan kepada Sdr.:</h3>
            <ol>
              {nodes.map((node) => (
                <li key={node.id}>
                  {node.to.title}{node.responsible && " (penanggung jawab)"}
                  {node.due !== null && <small>sampai {time.full(node.due)}</small>}
                </li>
              ))}
            </ol>
          </section>
          <section>
            <h3>Dengan hormat harap:</h3>
            <ul>{shown.map((text) => <li key={text}><i aria-hidden="true">{chosen.has(text) ? "☑" : "☐"}</i>{text}{chosen.has(text) && <><span className="vh"> dipilih</span>{numbers(text)}</>}</li>)}</ul>
          </section>
        </div>
        <section className={css["notes"]}>
          <h3>Catatan:</h3>
          {nodes.filter((node) => node.note !== "").map((node) => <p key={node.id}>{node.from.title} kepada {node.to.title}: {node.note}</p>)}
        </section>
        <footer>
          {letter.directedTo !== null && <p>{letter.directedTo.title}<br /><br /><br />{letter.directedTo.holder ?? ""}</p>}
          <small>Dicetak dari Lontar. Catatan yang berlaku ada di Jejak surat ini.</small>
        </footer>
      </article>
    </div>
  );
};
