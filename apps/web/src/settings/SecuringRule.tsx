import { useState, type FormEvent, type ReactElement } from "react";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import type { ResultOf } from "../kernel/api.ts";
import { Button } from "../ui/Button.tsx";
import { Fault, Fields, Section } from "../ui/Page.tsx";
import { useSecuringWords } from "./securing-words.ts";
import css from "./Settings.module.css";

type Policy = ResultOf<"organisation.policy">;

const groups = ["signer", "secretary", "admin", "inspector", "everyone"] as const;
const forces = ["required", "advised"] as const;

/** Whose way in must be proved twice, after how many days, for the admin to decide. */
export const SecuringRule = (): ReactElement => {
  const words = useSecuringWords();
  const policy = useRead("organisation.policy", {});
  return (
    <Section title={words.rule} lead={words.ruleLead}>
      {policy.data !== undefined && (
        <details className={css["rule"]}>
          <summary>{words.forces[policy.data.strongEntry.force]} · {words.days(policy.data.strongEntry.graceDays)} · {policy.data.strongEntry.groups.map((group) => words.groups[group]).join(", ") || words.nobody}</summary>
          <RuleForm policy={policy.data} />
        </details>
      )}
      <Fault error={policy.error} />
    </Section>
  );
};

const RuleForm = ({ policy }: { readonly policy: Policy }): ReactElement => {
  const words = useSecuringWords();
  const [rule, setRule] = useState(policy.strongEntry);
  const save = useCommand("organisation.setPolicy", { outdates: ["organisation.policy", "session.me"], onDone: () => void notify("done", words.saved) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ ...policy, strongEntry: rule });
  };
  return (
    <form onSubmit={submit}>
      <fieldset className={css["choices"]}>
        <legend>{words.groupsLabel}</legend>
        {groups.map((group) => (
          <label key={group} className={css["check"]}>
            <input type="checkbox" checked={rule.groups.includes(group)} onChange={(event) => setRule({ ...rule, groups: groups.filter((one) => (one === group ? event.target.checked : rule.groups.includes(one))) })} />
            {words.groups[group]}
          </label>
        ))}
      </fieldset>
      <Fields>
        <label>{words.force}
          <select value={rule.force} onChange={(event) => setRule({ ...rule, force: forces.find((force) => force === event.target.value) ?? rule.force })}>
            {forces.map((force) => <option key={force} value={force}>{words.forces[force]}</option>)}
          </select>
        </label>
        <label>{words.grace}<input type="number" min={0} max={90} required value={rule.graceDays} onChange={(event) => setRule({ ...rule, graceDays: Math.trunc(event.target.valueAsNumber) || 0 })} /></label>
        <Button type="submit" kind="primary" isBusy={save.isPending}>{words.save}</Button>
      </Fields>
      <Fault error={save.error} />
    </form>
  );
};
