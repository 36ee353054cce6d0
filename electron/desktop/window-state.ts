/** Where the window was, so that it opens there again, unless that place is no longer on any screen. */
import type { Rectangle } from 'electron';
import { z } from 'zod';

/** The smallest window the pages are laid out for. */
export const MINIMUM = { width: 1024, height: 640 } as const;
const USUAL = { width: 1280, height: 800 } as const;

/** Pixels of the title bar that must be on a screen for a person to move the window. */
const GRIP = 80;

const WindowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(MINIMUM.width),
  height: z.int().min(MINIMUM.height),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowStateSchema>;

/** What a new window is made with. Without x and y the system chooses the place. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly maximized: boolean;
}

/**
 * @param saved what was stored, of whatever shape
 * @param workAreas of the screens there are now, in the same coordinates
 */
export function placementOf(saved: unknown, workAreas: readonly Rectangle[]): Placement {
  const parsed = WindowStateSchema.safeParse(saved);
  if (!parsed.success) return { ...USUAL, maximized: false };
  const { x, y, width, height, maximized } = parsed.data;
  const reachable = workAreas.some(
    (area) =>
      x + width - GRIP >= area.x && x + GRIP <= area.x + area.width && y >= area.y && y + GRIP <= area.y + area.height,
  );
  return reachable ? { x, y, width, height, maximized } : { width, height, maximized };
}
