package io.snowball.campaign.template;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The addresses of one mail.
 *
 * @param click makes the tracked address of a link; asked once for each http(s) link, in any thread
 * @param openPixel the address of the picture that tells of an open; none for no open tracking
 * @param unsubscribe where to unsubscribe; never tracked, so that it works with campaign-service down. None where nobody can unsubscribe.
 * @param preferences where this customer chooses what they agree to; never tracked either: whoever has it speaks for them
 */
public record Links(
        UnaryOperator<String> click,
        Optional<String> openPixel,
        Optional<String> unsubscribe,
        Optional<String> preferences) {
    /** For previews and tests: links stay as they are. */
    public static final Links UNTRACKED = new Links(url -> url, Optional.empty(), Optional.empty(), Optional.empty());

    public Links(UnaryOperator<String> click, Optional<String> openPixel, Optional<String> unsubscribe) {
        this(click, openPixel, unsubscribe, Optional.empty());
    }

    /** Other links stay as they are. */
    Links trackedWhere(Predicate<String> tracked) {
        return new Links(url -> tracked.test(url) ? click.apply(url) : url, openPixel, unsubscribe, preferences);
    }
}
