import { useAnnouncement } from './announce.ts';

/** `<output>` is a polite live region. */
export function LiveRegion() {
  const text = useAnnouncement((announcement) => announcement.text);
  return <output className="visually-hidden">{text}</output>;
}
