/** A part of the picture, in its own points. */
export type Part = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

/** So much beyond the window is drawn too, in points of the screen: a small push shows nothing empty and draws nothing anew. */
const margin = 260;

/** Smaller than this a card says nothing to anyone: only its outline is drawn. */
export const legible = 0.35;

/** Do the two parts share a point? */
export const meets = (a: Part, b: Part): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/**
 * The part of the picture to draw while `seen` lies in the window, enlarged `scale` times. What was drawn before stands as long as it holds all that
 * is seen and is not much more: two thousand cards are laid out, and a screenful of them is drawn.
 */
export const sightOf = (drawn: Part, seen: Part, scale: number): Part => {
  const more = margin / scale;
  const holdsAll = drawn.x <= seen.x && drawn.y <= seen.y && drawn.x + drawn.w >= seen.x + seen.w && drawn.y + drawn.h >= seen.y + seen.h;
  const isThrifty = drawn.w <= seen.w + 4 * more && drawn.h <= seen.h + 4 * more;
  return holdsAll && isThrifty ? drawn : { x: seen.x - more, y: seen.y - more, w: seen.w + 2 * more, h: seen.h + 2 * more };
};
