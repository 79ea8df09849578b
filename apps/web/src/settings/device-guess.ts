const signs: readonly (readonly [name: string, sign: RegExp])[] = [["Android", /Android/], ["iPhone", /iPhone/], ["iPad", /iPad/], ["Windows", /Windows/], ["Mac", /Mac OS/], ["Linux", /Linux/]];

/** A first name for the device at hand, for a person to change: "Android", "Windows". */
export const deviceGuess = (): string => signs.find(([, sign]) => sign.test(navigator.userAgent))?.[0] ?? "";
