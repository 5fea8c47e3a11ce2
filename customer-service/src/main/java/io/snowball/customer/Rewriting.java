package io.snowball.customer;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** What was meant for a customer who was merged between the look-up and the write is written again, for who that is now. */
public final class Rewriting {
    private Rewriting() {}

    /** Something that was sent, and its place in what was. */
    public record Placed<T>(int place, T draft) {}

    public interface Attempt<T> {
        /**
         * @param last whether what is left stays unwritten
         * @return what is left, to be tried again
         */
        Uni<List<T>> write(List<T> batch, boolean last);
    }

    public static <T> Uni<Void> of(List<T> batch, Attempt<T> attempt) {
        return of(batch, attempt, Deadlocks.MAX_RETRIES);
    }

    private static <T> Uni<Void> of(List<T> batch, Attempt<T> attempt, int triesLeft) {
        return attempt.write(batch, triesLeft == 0)
                .chain(left -> left.isEmpty() || triesLeft == 0
                        ? Uni.createFrom().voidItem()
                        : of(left, attempt, triesLeft - 1));
    }
}
