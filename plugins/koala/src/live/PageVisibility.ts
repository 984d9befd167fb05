/** Tells whether the tab is hidden; listens only while somebody wants to know. */
export class PageVisibility {
  #onChange: ((hidden: boolean) => void) | undefined;
  readonly #listener = () => this.#onChange?.(this.document.hidden);

  static ofDocument(): PageVisibility {
    return new PageVisibility(document);
  }

  constructor(
    private readonly document: Pick<
      Document,
      'hidden' | 'addEventListener' | 'removeEventListener'
    >,
  ) {}

  set onChange(onChange: ((hidden: boolean) => void) | undefined) {
    this.document.removeEventListener('visibilitychange', this.#listener);
    this.#onChange = onChange;
    if (onChange) {
      this.document.addEventListener('visibilitychange', this.#listener);
    }
  }
}
