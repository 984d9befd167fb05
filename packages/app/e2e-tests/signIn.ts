import { Page } from '@playwright/test';

/** Opens a page of the portal as the guest user. */
export async function openAsGuest(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Enter' }).click();
}
