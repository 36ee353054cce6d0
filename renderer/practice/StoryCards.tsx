import { useTranslation } from 'react-i18next';
import type { Lesson, Story } from '../../shared/model/practice.ts';
import { formatRoute } from '../app/route.ts';
import { useSettings } from '../settings/settings.ts';
import { classNames } from '../ui/class-names.ts';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Part } from '../ui/Part.tsx';
import { beginWith, emptyDraft } from '../wizard/draft.ts';
import { useWizard } from '../wizard/store.ts';
import { AddOfficeButton } from './AddOfficeButton.tsx';
import { draftOf, routeOf } from './lessons.ts';
import styles from './StoryCards.module.css';
import { usePracticeHosts, useStories } from './use-practice.ts';

/** What there is to learn: a card for each pool with a story, each lesson a link to where it begins. */
export function StoryCards() {
  const { t } = useTranslation();
  const stories = useStories();
  const hosts = usePracticeHosts();
  const failure = stories.failure ?? hosts.failure;
  return (
    <Part title={t('practice.learn')}>
      {failure !== null && <FailureCard failure={failure} />}
      {(stories.data === null || hosts.data === null) && failure === null && <Reading>{t('ui.reading')}</Reading>}
      {stories.data !== null && hosts.data !== null && (
        <ul className={styles.cards}>
          {stories.data.map((story) => (
            <StoryCard key={story.id} story={story} isThere={hosts.data?.some(({ host }) => host === story.host)} />
          ))}
        </ul>
      )}
    </Part>
  );
}

function StoryCard({ story, isThere = false }: { readonly story: Story; readonly isThere?: boolean | undefined }) {
  const { t } = useTranslation();
  return (
    <li className={classNames('surface', styles.card)}>
      <h3 className={styles.title}>{t(`practice.stories.${story.id}.title`)}</h3>
      <p className={styles.where}>
        {story.host} · {t('practice.pool', { pool: story.pool })}
      </p>
      <p className={styles.soft}>{t(`practice.stories.${story.id}.scene`, { passphrase: story.passphrase ?? '' })}</p>
      <ul className={styles.lessons}>
        {story.lessons.map((lesson) => (
          <li key={lesson.id}>
            {isThere ? <LessonLink lesson={lesson} /> : <span>{t(`practice.lessons.${lesson.id}`)}</span>}
          </li>
        ))}
      </ul>
      {!isThere && (
        <>
          <p className={styles.soft}>{t('practice.needsOffice')}</p>
          <AddOfficeButton />
        </>
      )}
    </li>
  );
}

function LessonLink({ lesson }: { readonly lesson: Lesson }) {
  const { t } = useTranslation();
  const change = useWizard((wizard) => wizard.change);
  const defaults = useSettings(({ settings }) => settings.newReplication);
  const prepare = () => {
    if (lesson.opens !== 'explore') change(() => draftOf(lesson, beginWith(emptyDraft, defaults)));
  };
  return (
    <a href={formatRoute(routeOf(lesson))} onClick={prepare}>
      {t(`practice.lessons.${lesson.id}`)}
    </a>
  );
}
