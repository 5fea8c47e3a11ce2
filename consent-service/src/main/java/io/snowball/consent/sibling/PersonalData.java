package io.snowball.consent.sibling;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The personal data that customer-service has of one person. */
@ApplicationScoped
public class PersonalData {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int RETRY_AFTER_SECONDS = 30;

    private final CustomerRestClient customers;

    PersonalData(@RestClient CustomerRestClient customers) {
        this.customers = customers;
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

    /** Harmless when repeated. */
    public Uni<Void> destroy(UUID customerId) {
        return done(customers.destroy(customerId));
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
                "customer-service does not answer (" + failure.getClass().getSimpleName()
                        + "); nothing was changed, try again",
                RETRY_AFTER_SECONDS);
    }
}
