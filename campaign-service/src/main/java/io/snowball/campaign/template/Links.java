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
 */
public record Links(UnaryOperator<String> click, Optional<String> openPixel, Optional<String> unsubscribe) {
    /** For previews and tests: links stay as they are. */
    public static final Links UNTRACKED = new Links(url -> url, Optional.empty(), Optional.empty());

    /** Other links stay as they are. */
    Links trackedWhere(Predicate<String> tracked) {
        return new Links(url -> tracked.test(url) ? click.apply(url) : url, openPixel, unsubscribe);
    }
}
