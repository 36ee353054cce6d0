import { Check, Copy as CopyIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from './announce.ts';
import { Button } from './Button.tsx';

/** Copies a text; says so by icon, word and to screen readers. */
export function Copy({ text, what }: { readonly text: string; readonly what: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t('ui.copiedWhat', { what }));
  };
  const Icon = copied ? Check : CopyIcon;
  return (
    <Button
      look="quiet"
      size="small"
      icon={<Icon aria-hidden size={14} />}
      aria-label={t('ui.copyWhat', { what })}
      onPress={() => void copy()}
    >
      {copied ? t('ui.copied') : t('ui.copy')}
    </Button>
  );
}
