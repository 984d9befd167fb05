import { expect, Locator, Page } from '@playwright/test';
import { openAsGuest } from './signIn';

/** The Services page, and the errors that it wrote to the browser's console. */
export class MatrixPage {
  /** Signs in and waits until the matrix is on screen; `text` filters its rows. */
  static async open(
    page: Page,
    url: string,
    { text }: { text?: string } = {},
  ): Promise<MatrixPage> {
    const matrix = new MatrixPage(page);
    const query = text ? `?q=${encodeURIComponent(text)}` : '';
    await openAsGuest(page, `${url}/koala/services${query}`);
    await expect(page.getByRole('grid')).toBeVisible();
    // Set once: a reload would lose it.
    await page.evaluate(() => {
      (window as any).koalaTest = 'not reloaded';
    });
    return matrix;
  }

  readonly errors: string[] = [];

  private constructor(readonly page: Page) {
    page.on('console', message => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('pageerror', error => this.errors.push(error.message));
  }

  /** The cell of a service; `place` is an environment, or an environment and a target. */
  cell(service: string, place: string): Locator {
    return this.page
      .getByRole('gridcell')
      .filter({ hasText: `${service} in ${place}: ` });
  }

  /** Waits until a cell says all of the words. */
  async expectCell(
    service: string,
    place: string,
    ...words: string[]
  ): Promise<void> {
    for (const word of words) {
      await expect(this.cell(service, place)).toContainText(word, {
        timeout: 120_000,
      });
    }
  }

  async expectNotReloaded(): Promise<void> {
    expect(await this.page.evaluate(() => (window as any).koalaTest)).toBe(
      'not reloaded',
    );
  }
}
