import type { ReactElement } from "react";

/** The leaves of lontar on their cord. */
export const Logo = ({ size = 30 }: { readonly size?: number }): ReactElement => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: "none", display: "block" }}>
    <g fill="var(--accent)">
      <path d="M3.500 6.200h25c1 0 1.500 1 1 1.900l-1.300 2.200a1.200 1.200 0 0 1-1 .6H3.500c-.8 0-1.300-.5-1.300-1.300V7.500c0-.8.5-1.300 1.300-1.300z" />
      <path d="M3.500 13.600h25c.8 0 1.300.5 1.300 1.300v2.200c0 .8-.5 1.300-1.300 1.300h-25c-.8 0-1.300-.5-1.300-1.300v-2.200c0-.8.5-1.300 1.300-1.300z" opacity=".8" />
      <path d="M3.500 21h23.700c.4 0 .8.200 1 .6l1.300 2.200c.5.900 0 1.900-1 1.900h-25c-.8 0-1.300-.5-1.300-1.300v-2.100c0-.8.5-1.300 1.300-1.300z" opacity=".6" />
    </g>
    <path d="M12 3.500v25" stroke="var(--gold-500)" strokeWidth="1.700" strokeLinecap="round" />
    <g fill="var(--paper)">
      <circle cx="12" cy="8.550" r="1.500" />
      <circle cx="12" cy="16" r="1.500" />
      <circle cx="12" cy="23.350" r="1.500" />
    </g>
    <path d="M12 3.500v5M12 16v-.1M12 23.400v5" stroke="var(--gold-500)" strokeWidth="1.100" strokeLinecap="round" />
  </svg>
);

const scallops = "M12.00 0.80L14.48 2.73L17.60 2.30L18.79 5.21L21.70 6.40L21.27 9.52L23.20 12.00L21.27 14.48L21.70 17.60L18.79 18.79L17.60 21.70L14.48 21.27L12.00 23.20L9.52 21.27L6.40 21.70L5.21 18.79L2.30 17.60L2.73 14.48L0.80 12.00L2.73 9.52L2.30 6.40L5.21 5.21L6.40 2.30L9.52 2.73Z";

/** What the seal says: recorded in the log, proved here, being checked, not yet recorded, or not matching. */
export type SealState = "recorded" | "proved" | "checking" | "waiting" | "mismatch";

/** The golden seal of proof. Decoration only: the sentence beside it says the same. */
export const Seal = ({ state = "recorded", size = 20 }: { readonly state?: SealState; readonly size?: number }): ReactElement => {
  const isSolid = state === "recorded" || state === "proved";
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" style={{ flex: "none", display: "block" }}>
      {state === "mismatch" ? (
        <>
          <path d="M7.500 1.500h9l6 6v9l-6 6h-9l-6-6v-9z" fill="var(--red-700)" />
          <path d="m8.500 8.500 7 7m0-7-7 7" stroke="var(--paper)" strokeWidth="2.200" strokeLinecap="round" />
        </>
      ) : (
        <>
          <path d={scallops} fill={isSolid ? "var(--gold-500)" : "var(--paper)"} stroke="var(--gold-500)" strokeWidth="1.400" strokeLinejoin="round" strokeDasharray={state === "waiting" ? "2.200 2.200" : undefined} />
          {isSolid && <circle cx="12" cy="12" r="7.400" fill="none" stroke="#fff" strokeOpacity={state === "proved" ? 0.95 : 0.55} strokeWidth={state === "proved" ? 1.3 : 0.9} />}
          {isSolid && <path d="m8.600 12.300 2.400 2.400 4.400-4.900" fill="none" stroke="#fff" strokeWidth="1.900" strokeLinecap="round" strokeLinejoin="round" />}
          {state === "checking" && (
            <path className="turning" d="M12 7.500a4.500 4.500 0 1 1-4.500 4.500" fill="none" stroke="var(--gold-500)" strokeWidth="1.900" strokeLinecap="round" />
          )}
        </>
      )}
    </svg>
  );
};
