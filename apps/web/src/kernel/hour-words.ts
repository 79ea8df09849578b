/** Reads a time of day as people type it: `8`, `8.30`, `08:30`, `0830`, `pukul 8`. Absent when it is no time of the day. */
export const readHour = (typed: string): string | undefined => {
  const found = /^(?:pukul|jam)?\s*(\d{1,2})(?:[.:\s]?([0-5]\d))?$/.exec(typed.trim().toLowerCase());
  if (found === null || Number(found[1]) > 23) return undefined;
  return `${String(found[1]).padStart(2, "0")}:${found[2] ?? "00"}`;
};

/** `08.30` */
export const hourWords = (hour: string): string => hour.replace(":", ".");
