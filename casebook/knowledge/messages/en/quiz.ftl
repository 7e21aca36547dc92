### Questions that a reader answers before their explanation is shown.

quiz-submit = Submit
quiz-again = Try again
quiz-order = Number the options in order; 1 comes first.
quiz-order-missing = Give each option a different number first.
quiz-missing = Choose an answer first.
quiz-right = Correct.
quiz-wrong = Not correct.
quiz-question = { $number }. { $question }
quiz-option-key = (correct answer)
quiz-option-yours = (your answer)
quiz-option-both = (correct answer, and yours)
quiz-option-place = (your number: { $number })
quiz-source = The answer is based on { $source }.
quiz-answer = Answer
quiz-answer-order = Correct order
quiz-answer-is = Correct answer: { $answer }

## How sure the reader is, which the browser keeps with the answer

quiz-confidence = How sure are you? (optional)
quiz-confidence-guess = a guess
quiz-confidence-fairly-sure = fairly sure
quiz-confidence-certain = certain
quiz-not-kept = This browser does not save data, so this answer will not be remembered.
