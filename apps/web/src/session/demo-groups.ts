/** The way of one letter through the sample office, as the first five minutes of the README walk it. */
export const firstSteps = {
  tusetda: { order: 1, task: "register" },
  sekda: { order: 2, task: "dispose" },
  kadis: { order: 3, task: "sign" },
  staf: { order: 4, task: "reply" },
  kasi: { order: 5, task: "initial" },
  kabid: { order: 6, task: "initial" },
  sekdis: { order: 7, task: "initial" },
} as const satisfies Readonly<Record<string, { readonly order: number; readonly task: string }>>;

type Step = keyof typeof firstSteps;

const isStep = (username: string): username is Step => Object.hasOwn(firstSteps, username);

/** The accounts of that way in its order, and all others by government, in the order in which they came. */
export const groupsOf = <Account extends { readonly username: string; readonly tenant: string }>(accounts: readonly Account[]): { readonly first: readonly { readonly account: Account; readonly step: Step }[]; readonly others: readonly { readonly tenant: string; readonly accounts: readonly Account[] }[] } => ({
  first: accounts.flatMap((account) => (isStep(account.username) ? [{ account, step: account.username }] : [])).toSorted((a, b) => firstSteps[a.step].order - firstSteps[b.step].order),
  others: [...Map.groupBy(accounts.filter((account) => !isStep(account.username)), (account) => account.tenant)].map(([tenant, people]) => ({ tenant, accounts: people })),
});
