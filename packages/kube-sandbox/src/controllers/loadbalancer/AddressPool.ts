/** The pool of a load balancer has no address for a Service. */
export class NoAddressError extends Error {}

/** Addresses that a load balancer may give away: those of one IPv4 network of 24 bits, such as `203.0.113`. */
export class AddressPool {
  constructor(
    private readonly options: {
      name: string;
      prefix: string;
      /** Last bytes of the first and the last address; both count. */
      first: number;
      last: number;
    },
  ) {}

  has(address: string): boolean {
    const { prefix, first, last } = this.options;
    const byte = Number(address.slice(prefix.length + 1));
    return address === `${prefix}.${byte}` && byte >= first && byte <= last;
  }

  /**
   * An address that is not taken; the one asked for, where one is.
   *
   * @throws NoAddressError where there is none.
   */
  take(options: { taken: ReadonlySet<string>; wanted?: string }): string {
    const { name, prefix, first, last } = this.options;
    const { taken, wanted } = options;
    if (wanted) {
      if (!this.has(wanted)) {
        throw new NoAddressError(
          `address ${wanted} is not in pool ${JSON.stringify(name)}`,
        );
      }
      if (taken.has(wanted)) {
        throw new NoAddressError(`address ${wanted} is in use`);
      }
      return wanted;
    }
    for (let byte = first; byte <= last; byte += 1) {
      const address = `${prefix}.${byte}`;
      if (!taken.has(address)) {
        return address;
      }
    }
    throw new NoAddressError(`no address left in pool ${JSON.stringify(name)}`);
  }
}
