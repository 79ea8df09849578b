/** A load so far: letters written of those wanted, in so many seconds; and whether indexes are built when they are. */
export type LoadSoFar = { readonly done: number; readonly wanted: number; readonly seconds: number; readonly buildsIndexes: boolean };

// Building the indexes and counting for the planner takes a fifth of the time that the rows took, at a hundred thousand letters as at thirty.
const buildingShare = 0.2;

/** How many seconds a load will still take if it goes on as it went, the indexes included. */
export const secondsLeft = ({ done, wanted, seconds, buildsIndexes }: LoadSoFar): number => {
  const each = seconds / Math.max(1, done);
  return Math.round(each * (wanted - done) + (buildsIndexes ? each * wanted * buildingShare : 0));
};

/** A time to wait, as it is said: in seconds below two minutes, in minutes above. */
export const waitInWords = (seconds: number): string => (seconds < 120 ? `${seconds} detik` : `${Math.round(seconds / 60)} menit`);
