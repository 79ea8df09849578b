import type { ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { PostAvatar } from "../ui/Small.tsx";
import { firstSteps, groupsOf } from "./demo-groups.ts";

type Account = ResultOf<"session.demoAccounts">[number];

/** The people of the sample office: first those who carry one letter from the front desk to its signature, in that order, then the others by government. */
export const DemoAccounts = ({ accounts, isBusy, onChoose }: { readonly accounts: readonly Account[]; readonly isBusy: boolean; readonly onChoose: (account: Account) => void }): ReactElement => {
  const { signIn } = useMessages();
  const { first, others } = groupsOf(accounts);
  const row = (account: Account, task?: string): ReactElement => (
    <li key={account.username}>
      <button type="button" disabled={isBusy} onClick={() => onChoose(account)}>
        <PostAvatar name={account.name} />
        <span>
          <b>{account.post}</b>
          <small>{task === undefined ? account.name : `${account.name} · ${task}`}</small>
          {account.passphrase !== null && <small>{signIn.passphrase(account.passphrase)}</small>}
        </span>
      </button>
    </li>
  );
  return (
    <>
      {first.length > 0 && (
        <>
          <h4>{signIn.demoFirst}</h4>
          <ol>{first.map(({ account, step }) => row(account, signIn.demoSteps[firstSteps[step].task]))}</ol>
        </>
      )}
      {others.map(({ tenant, accounts: people }) => (
        <section key={tenant}>
          <h4>{tenant}</h4>
          <ul>{people.map((account) => row(account))}</ul>
        </section>
      ))}
    </>
  );
};
