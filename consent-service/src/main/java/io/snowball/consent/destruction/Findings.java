package io.snowball.consent.destruction;

import io.snowball.consent.sibling.Keeper.Left;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all who keep something of a person answered when they were asked again. Pure. */
record Findings(List<Answer> answers) {
    /**
     * One of them.
     *
     * @param left nothing where there was no answer
     * @param fault why there was none
     */
    record Answer(
            String service,
            Instant at,
            @Nullable Left left,
            @Nullable String fault) {
        boolean isClear() {
            return left != null && left.isNothing();
        }

        /** Only a matter of its feed. */
        boolean isWaiting() {
            return left != null && !left.told();
        }

        boolean hasRows() {
            return left != null && !left.rows().isEmpty();
        }

        String words() {
            if (left == null) {
                return service + " does not answer (" + fault + ")";
            }
            if (!left.told()) {
                return service + " has not heard of the destruction yet";
            }
            return service + " still has data of the person: " + counted(left.rows());
        }
    }

    static String counted(Map<String, Long> rows) {
        return rows.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    boolean areClear() {
        return answers.stream().allMatch(Answer::isClear);
    }

    /** Nothing is wrong, somebody's feed only takes its time. */
    boolean areWaiting() {
        return answers.stream().allMatch(answer -> answer.isClear() || answer.isWaiting());
    }

    boolean hasRowsAt(String service) {
        return answers.stream().anyMatch(answer -> answer.service().equals(service) && answer.hasRows());
    }

    /** Somebody was told and has something again: what came late, or was restored from a backup. */
    boolean areToBeToldAgain() {
        return answers.stream().anyMatch(answer -> answer.hasRows() && !answer.isWaiting());
    }

    /** When the last of them had nothing any more. */
    Instant at() {
        return answers.stream().map(Answer::at).max(Instant::compareTo).orElseThrow();
    }

    String reason() {
        return answers.stream()
                .filter(answer -> !answer.isClear())
                .map(Answer::words)
                .collect(Collectors.joining("; ", "No act yet: ", ""));
    }
}
