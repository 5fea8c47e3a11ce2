package io.snowball.consent.request;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.request.SubjectRequestApi.Applicant;
import io.snowball.consent.request.SubjectRequestApi.RegisterRequest;
import io.snowball.consent.request.SubjectRequestApi.RequestFilter;
import io.snowball.consent.request.SubjectRequestApi.Way;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests that come by the preference centre, from whoever has the link. */
@ApplicationScoped
public class PageRequests {
    /** Who has that many unanswered gets an answer before another is taken: the register is no place to fill. */
    private static final int OPEN_MAX = 5;

    private static final int CONTACT_LENGTH_MAX = 300;
    private static final int WORDS_LENGTH_MAX = 2000;
    private static final String BY = "preference-centre";

    private final SubjectRequests requests;

    PageRequests(SubjectRequests requests) {
        this.requests = requests;
    }

    /** @return whether it was registered; false where enough are open already */
    public Uni<Boolean> register(
            UUID customerId, @Nullable String kind, @Nullable String contact, @Nullable String words) {
        RegisterRequest request = new RegisterRequest(
                kind(kind),
                Way.WEB,
                null,
                customerId,
                new Applicant(null, bounded(contact, CONTACT_LENGTH_MAX), null),
                bounded(words, WORDS_LENGTH_MAX));
        return requests.list(new RequestFilter(true, null, null, customerId), OPEN_MAX, null)
                .chain(open -> open.items().size() >= OPEN_MAX
                        ? Uni.createFrom().item(false)
                        : requests.register(null, request, BY).replaceWith(true));
    }

    /** What the page offers; whatever else comes is a question about one's data. */
    private static RequestKind kind(@Nullable String name) {
        return switch (name == null ? "" : name) {
            case "CORRECTION" -> RequestKind.CORRECTION;
            case "STOP_PROCESSING" -> RequestKind.STOP_PROCESSING;
            case "OBJECTION" -> RequestKind.OBJECTION;
            default -> RequestKind.ACCESS;
        };
    }

    private static @Nullable String bounded(@Nullable String text, int length) {
        if (text == null) {
            return null;
        }
        String clean = text.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), length));
    }
}
