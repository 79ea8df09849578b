import type { ReactElement } from "react";

/** An invented crest, for offices that have not uploaded theirs: what the PDF draws too. */
export const Crest = (): ReactElement => (
  <svg viewBox="0 0 94 112" width="100%" aria-hidden="true">
    <path d="M8 8h78v46c0 28-17 43-39 54C25 97 8 82 8 54z" fill="#2f6d4a" stroke="#b08a35" strokeWidth="4" />
    <path d="M12 74c10-6 18 5 35 0s25-5 35 0c-6 14-19 23-35 31C31 97 18 88 12 74z" fill="#2a66a8" />
    <path d="M47 18l4 8 9 1.300-6.500 6.300 1.600 8.900L47 38l-8 4.500 1.500-8.900L34 27.300l9-1.300z" fill="#e2bd4a" />
    <path d="M47 44v24M36 54c8-6 14-6 22 0M38 62c6-5 12-5 18 0" fill="none" stroke="#e9dfb8" strokeWidth="3" strokeLinecap="round" />
  </svg>
);
