/** Addresses of the pods of one node: `<prefix>.2` to `<prefix>.254`. */
export class PodAddresses {
  private readonly used = new Map<string, string>();
  private next = 2;

  constructor(private readonly prefix: string) {}

  /** The address of a pod: the one it has already, where it has one. */
  assign(uid: string, existing?: string): string {
    const address = existing ?? this.free();
    this.used.set(uid, address);
    return address;
  }

  release(uid: string): void {
    this.used.delete(uid);
  }

  /** Addresses go round, so that one is not given to another pod at once. */
  private free(): string {
    const taken = new Set(this.used.values());
    for (let tries = 0; tries < 253; tries += 1) {
      const address = `${this.prefix}.${this.next}`;
      this.next = this.next >= 254 ? 2 : this.next + 1;
      if (!taken.has(address)) {
        return address;
      }
    }
    throw new Error(
      `No free pod address in ${this.prefix}.0/24: too many pods on one node`,
    );
  }
}
