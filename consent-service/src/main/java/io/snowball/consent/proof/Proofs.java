package io.snowball.consent.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.ConsentApi.ConsentStateView;
import io.snowball.consent.consent.ConsentApi.ConsentView;
import io.snowball.consent.consent.ConsentHistory;
import io.snowball.consent.consent.ConsentHistory.Event;
import io.snowball.consent.consent.ConsentHistory.History;
import io.snowball.consent.consent.PurgedEvents;
import io.snowball.consent.operator.Operator;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.seal.SealProofs;
import io.snowball.consent.seal.SealProofs.SealProof;
import io.snowball.consent.signature.Signer;
import io.snowball.consent.signature.SigningKeys;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Gathers what proves one person's consents and packs it. */
@ApplicationScoped
class Proofs {
    // The bare words, so that the file's SHA-256 is the document's.
    /* language=PostgreSQL */
    private static final String TEXTS = """
            select distinct encode(v.sha256, 'hex') as sha256, v.text
            from consent_document_version v
            where v.sha256 = any(select decode(h, 'hex') from unnest($1::text[]) as h)
            """;

    private static final String PROGRAM = read("/proof/VerifyProof.java");
    private static final String README = read("/proof/README.txt");

    private final Pool pool;
    private final ConsentHistory histories;
    private final SealProofs seals;
    private final PurgedEvents purged;
    private final SigningKeys keys;
    private final Signer signer;
    private final Operators operators;
    private final ObjectMapper json;

    Proofs(
            Pool pool,
            ConsentHistory histories,
            SealProofs seals,
            PurgedEvents purged,
            SigningKeys keys,
            Signer signer,
            Operators operators,
            ObjectMapper json) {
        this.pool = pool;
        this.histories = histories;
        this.seals = seals;
        this.purged = purged;
        this.keys = keys;
        this.signer = signer;
        this.operators = operators;
        this.json = json;
    }

    /** What the package says in one page. */
    record Question(UUID customerId, Channel channel, Instant at) {}

    Uni<byte[]> proof(Question question) {
        return histories.of(question.customerId(), question.at()).chain(history -> {
            if (history.events().isEmpty()) {
                throw ProofProblem.NOTHING_TO_PROVE.with("Nothing was ever recorded about this customer");
            }
            ProofZip zip = new ProofZip();
            zip.add("README.txt", README);
            zip.add("VerifyProof.java", PROGRAM);
            history.events().forEach(event -> zip.add(file(event, "txt"), event.canonical()));
            return addTexts(zip, history)
                    .chain(() -> addSeals(zip, history))
                    .chain(() -> addPurged(zip, question.customerId()))
                    .chain(() -> operators(history))
                    .invoke(known -> zip.add("proof.json", summary(question, history, known)))
                    .chain(() -> keys.all())
                    .invoke(known -> zip.add(
                            "keys.txt",
                            known.stream()
                                    .map(key -> key.kid() + " " + HexFormat.of().formatHex(key.raw()) + "\n")
                                    .collect(Collectors.joining())))
                    .map(_ -> zip.signed(signer));
        });
    }

    private Uni<Void> addTexts(ProofZip zip, History history) {
        String[] hashes = history.events().stream()
                .map(event -> event.view().document())
                .filter(Objects::nonNull)
                .map(document -> document.sha256())
                .distinct()
                .toArray(String[]::new);
        return pool.preparedQuery(TEXTS)
                .execute(Params.of((Object) hashes))
                .map(rows -> Rows.list(rows, row -> Map.entry(row.getString("sha256"), row.getString("text"))))
                .invoke(texts -> texts.forEach(text -> zip.add("documents/" + text.getKey() + ".txt", text.getValue())))
                .replaceWithVoid();
    }

    /** One after the other: a person has few events. */
    private Uni<Void> addSeals(ProofZip zip, History history) {
        return Multi.createFrom()
                .iterable(history.events())
                .onItem()
                .transformToUniAndConcatenate(event -> seals.of(event.view().recordId())
                        .invoke(found -> found.ifPresent(proof -> add(zip, event, proof))))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** What was about consents that ended long ago has left; its hash shows that nothing else is missing. */
    private Uni<Void> addPurged(ProofZip zip, UUID customerId) {
        return purged.of(pool, customerId)
                .chain(events -> Multi.createFrom()
                        .iterable(events)
                        .onItem()
                        .transformToUniAndConcatenate(event -> seals.of(event)
                                .invoke(found -> found.ifPresent(
                                        proof -> add(zip, "events/%05d.gone".formatted(event.sequence()), proof))))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    private static void add(ProofZip zip, Event event, SealProof proof) {
        add(zip, file(event, "path"), proof);
    }

    private static void add(ProofZip zip, String file, SealProof proof) {
        zip.add("seals/" + proof.number() + ".txt", proof.content());
        zip.add("seals/" + proof.number() + ".jws", proof.signature());
        zip.add(
                file,
                "seal " + proof.number() + "\nleaf " + proof.leaf() + "\n"
                        + proof.path().stream().map(step -> step + "\n").collect(Collectors.joining()));
    }

    private static String file(Event event, String suffix) {
        return "events/%05d.%s".formatted(event.view().sequence(), suffix);
    }

    /** Those that the events name, and of an event that names none the one that is known for its day. One after the other: there are few. */
    private Uni<Map<Instant, String>> operators(History history) {
        List<Instant> days =
                views(history).stream().map(Proofs::operatorDay).distinct().toList();
        return Multi.createFrom()
                .iterable(days)
                .onItem()
                .transformToUniAndConcatenate(day -> operators
                        .find(pool, day)
                        .map(found ->
                                Map.entry(day, found.map(Operator::requisites).orElse(""))))
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Instant operatorDay(ConsentView view) {
        return Objects.requireNonNullElse(view.operatorSince(), view.at());
    }

    /** As the events of then name it: what is recorded later, for days before, changes no proof. */
    private static String operatorThen(Question question, History history, Map<Instant, String> operators) {
        return views(history).stream()
                .filter(view -> !view.at().isAfter(question.at()))
                .max(Comparator.comparing(ConsentView::at))
                .or(() -> views(history).stream().findFirst())
                .map(view -> operators.getOrDefault(operatorDay(view), ""))
                .orElse("");
    }

    private String summary(Question question, History history, Map<Instant, String> operators) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("operator", operatorThen(question, history, operators));
        Map<String, String> named = new TreeMap<>();
        operators.forEach((day, requisites) -> named.put(day.toString(), requisites));
        summary.put("operatorsOfTheEvents", named);
        summary.put("customerId", question.customerId());
        summary.put("channel", question.channel());
        summary.put("at", question.at());
        summary.put("standingThen", about(question, history.statesThen(), ConsentStateView::channel));
        summary.put("events", about(question, views(history), ConsentView::channel));
        summary.put("allEventsOfThePerson", history.events().size());
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(summary) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<ConsentView> views(History history) {
        return history.events().stream().map(Event::view).toList();
    }

    /** What is for the channel, and what is for all. */
    private static <T> List<T> about(
            Question question, List<T> items, java.util.function.Function<T, Channel> channel) {
        return items.stream()
                .filter(item -> channel.apply(item) == question.channel() || channel.apply(item) == Channel.ANY)
                .toList();
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Proofs.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
