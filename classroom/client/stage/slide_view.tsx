/** The content of a slide. What the audience must not see yet is not in the document. */

import { message } from '../../../widgets/engine/messages';
import { Paragraphs } from '../../../widgets/frontend/paragraphs';
import { Citation } from './citation';
import { FigureOnStage, patientOfVignette, patientOnStage } from './figure_on_stage';
import { ChangeableFindings, FindingsByProvenance } from './findings';
import { ShowOfHands } from './hands';
import { Consequences, PlanOnStage, ScoresOnStage } from './consequences';
import type { Presentation, Slide } from './presentation';

const HEADINGS = ['vignette', 'findings', 'provenance', 'scores', 'plan', 'treatment', 'outcome', 'teaching'] as const;

export function headingOf(presentation: Presentation, slide: Slide): string {
  const question = presentation.question(slide)?.question ?? presentation.whatIf(slide)?.question;
  const titled = HEADINGS.find((show) => show === slide.step.show);
  return question ?? (titled ? message(`stage-heading-${titled}`) : presentation.presented.title);
}

export function SlideView({ presentation }: { presentation: Presentation }) {
  const { presented, slide } = presentation;
  const { show } = slide.step;
  if (presentation.question(slide)) return <Question presentation={presentation} />;
  switch (show) {
    case 'aims':
      return (
        <>
          <p class="cb-lead">{presented.teaches}</p>
          <p>{message('stage-aims')}</p>
          <ul>{presented.aims?.map((aim) => <li key={aim}>{aim}</li>)}</ul>
        </>
      );
    case 'vignette':
      return (
        <>
          <div class="cb-told-large">
            <Paragraphs text={presented.vignette} />
          </div>
          <FigureOnStage patient={patientOfVignette(presentation)} />
        </>
      );
    case 'findings':
      return <ChangeableFindings presentation={presentation} findings={slide.step.findings ?? []} />;
    case 'provenance':
      return <FindingsByProvenance published={presentation.published} />;
    case 'scores':
      return <ScoresOnStage presentation={presentation} totals={slide.answered} />;
    case 'plan':
      return <PlanOnStage presentation={presentation} />;
    case 'what_if':
      return <WhatIfOnStage presentation={presentation} />;
    case 'treatment':
    case 'outcome':
      return (
        <div class="cb-told-large">
          <Paragraphs text={presented[show]?.text ?? ''} />
          <Citation of={presented} source={presented[show]?.source} />
        </div>
      );
    default:
      return (
        <ul class="cb-points-taken">
          {presented.teaching_points?.map(({ text, source }) => (
            <li key={text}>
              {text} <Citation of={presented} source={source} />
            </li>
          ))}
        </ul>
      );
  }
}

function Question({ presentation }: { presentation: Presentation }) {
  const { slide } = presentation;
  const question = presentation.question(slide)!;
  return (
    <div class={slide.answered ? 'cb-beside-each-other' : undefined}>
      <ShowOfHands presentation={presentation} question={question} answered={slide.answered} />
      {slide.answered && (
        <div class="cb-feedback">
          <Paragraphs text={question.feedback} />
        </div>
      )}
    </div>
  );
}

function WhatIfOnStage({ presentation }: { presentation: Presentation }) {
  const { slide, state } = presentation;
  if (!slide.answered) return <p class="cb-lead">{message('stage-what-if')}</p>;
  return (
    <div class="cb-beside-figure">
      <div>
        <p class="cb-moved">{state.change?.effect.text}</p>
        <div class="cb-feedback">
          <Paragraphs text={presentation.whatIf(slide)?.answer ?? ''} />
        </div>
      </div>
      <FigureOnStage patient={patientOnStage(presentation)} />
      <Consequences presentation={presentation} />
    </div>
  );
}
