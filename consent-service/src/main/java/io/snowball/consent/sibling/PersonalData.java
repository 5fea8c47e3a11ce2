package io.snowball.consent.sibling;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The personal data that customer-service has of one person. */
@ApplicationScoped
public class PersonalData implements Keeper {
    public static final String SERVICE = "customer-service";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int RETRY_AFTER_SECONDS = 30;

    private final CustomerRestClient customers;

    PersonalData(@RestClient CustomerRestClient customers) {
        this.customers = customers;
    }

    @Override
    public String service() {
        return SERVICE;
    }

    /** One id after the other: once the person is gone, an old id leads to nobody. It is told by the destruction itself. */
    @Override
    public Uni<Left> left(List<UUID> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(this::find)
                .collect()
                .in(TreeMap<String, Long>::new, (rows, data) -> data.ifPresent(some -> count(some, rows)))
                .map(rows -> new Left(true, rows));
    }

    private static void count(JsonNode data, Map<String, Long> rows) {
        JsonNode categories = data.path("categories");
        categories.forEach(one -> rows.merge(
                one.path("category").asText("DATA"),
                (long)
                        (one.path("rows").isInt()
                                ? one.path("rows").asInt()
                                : one.path("rows").size()),
                Long::sum));
        if (categories.isEmpty()) {
            rows.merge("DATA", 1L, Long::sum);
        }
    }

    /** @return nothing where there is no such person, or not any more */
    public Uni<Optional<JsonNode>> find(UUID customerId) {
        return customers
                .personalData(customerId)
                .map(data -> data.path("found").asBoolean(true) ? Optional.of(data) : Optional.<JsonNode>empty())
                .onFailure(PersonalData::isAbsence)
                .recoverWithItem(Optional.empty())
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(PersonalData::unavailable);
    }

    public record Counts(long subjects, long identifiers) {}

    /** How many people there are, and how many addresses, numbers and ids they have. */
    public Uni<Counts> counts() {
        return counts(new CustomerRestClient.CountPersonalData(null));
    }

    /** The same of these people. */
    public Uni<Counts> counts(List<UUID> customerIds) {
        return counts(new CustomerRestClient.CountPersonalData(customerIds));
    }

    private Uni<Counts> counts(CustomerRestClient.CountPersonalData whose) {
        return customers
                .counts(whose)
                .map(counts -> new Counts(counts.subjects(), counts.identifiers()))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(PersonalData::unavailable);
    }

    /**
     * What a destruction took.
     *
     * @param ids that the person had over there; none where nothing was left to destroy
     * @param rows how many by category
     */
    public record Destroyed(List<UUID> ids, Map<String, Long> rows) {}

    /** Harmless when repeated. */
    public Uni<Destroyed> destroy(UUID customerId) {
        return customers
                .destroy(customerId)
                .map(PersonalData::destroyed)
                .onFailure(PersonalData::isAbsence)
                .recoverWithItem(() -> new Destroyed(List.of(), Map.of()))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(PersonalData::unavailable);
    }

    private static Destroyed destroyed(JsonNode answer) {
        List<UUID> ids = new ArrayList<>();
        answer.path("erasedIds").forEach(id -> ids.add(UUID.fromString(id.asText())));
        Map<String, Long> rows = new TreeMap<>();
        if (answer.path("categories").size() > 0) {
            count(answer, rows);
        }
        return new Destroyed(ids, rows);
    }

    /** Keeps the person out of lists, searches and sends, or lets them in again. Harmless when repeated. */
    public Uni<Void> block(UUID customerId, boolean blocked) {
        return done(blocked ? customers.block(customerId) : customers.release(customerId));
    }

    private static Uni<Void> done(Uni<Void> call) {
        return call.onFailure(PersonalData::isAbsence)
                .recoverWithNull()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(PersonalData::unavailable);
    }

    private static boolean isAbsence(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && (answer.getResponse().getStatus() == 404
                        || answer.getResponse().getStatus() == 410);
    }

    /** Without the cause: an answer of the sibling may hold what no log may. */
    private static ProblemException unavailable(Throwable failure) {
        return ProblemException.unavailable(
                SERVICE + " does not answer (" + failure.getClass().getSimpleName()
                        + "); nothing was changed, try again",
                RETRY_AFTER_SECONDS);
    }
}
