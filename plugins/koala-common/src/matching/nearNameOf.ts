/** What people add to a name, or leave out. */
const ADDITIONS = /(?:service|svc|app)$/;

/**
 * What is left of a name without case, separators and additions: names that leave the same are easily taken for
 * each other, such as `cart-service`, `CartService`, `cart_svc` and `cart`.
 *
 * @public
 */
export function nearNameOf(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const bare = letters.replace(ADDITIONS, '');
  const stem = bare.length > 1 ? bare : letters;
  return stem.length > 3 ? stem.replace(/s$/, '') : stem;
}
