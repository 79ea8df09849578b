/** Is it a code as printed beside the QR, with the spaces and dashes that people type? Anything longer is what a QR code says. */
export const isCode = (typed: string): boolean => /^[\sA-Za-z0-9-]{1,40}$/.test(typed);

/** The code itself, as the register has it. */
export const normalCode = (typed: string): string => typed.toUpperCase().replaceAll(/[\s-]/g, "");
