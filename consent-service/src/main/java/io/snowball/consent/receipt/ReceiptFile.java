package io.snowball.consent.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.ConsentView;
import io.snowball.consent.consent.Consents;
import io.snowball.consent.receipt.ReceiptApi.ConsentReceipt;
import io.snowball.consent.receipt.ReceiptApi.ReceiptFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A receipt as a person keeps it: to be read by eye, and with the signature that anybody can check. */
@ApplicationScoped
public class ReceiptFile {
    private final Receipts receipts;
    private final Consents consents;
    private final ObjectMapper json;

    ReceiptFile(Receipts receipts, Consents consents, ObjectMapper json) {
        this.receipts = receipts;
        this.consents = consents;
        this.json = json;
    }

    public record File(UUID customerId, String name, String json) {}

    /**
     * @param format of the link; whatever is none of the formats is the usual one, for nobody would read why not
     * @return nothing where there is no such record
     */
    public Uni<Optional<File>> of(UUID recordId, @Nullable String format) {
        ReceiptFormat wanted =
                ReceiptFormat.KANTARA_1_1.name().equals(format) ? ReceiptFormat.KANTARA_1_1 : ReceiptFormat.ISO_27560;
        return consents.find(recordId)
                .chain(found -> found.map(record -> file(record, wanted).map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<File> file(ConsentView record, ReceiptFormat format) {
        return receipts.receipt(record, format)
                .map(receipt -> new File(record.customerId(), name(receipt), text(receipt)));
    }

    private static String name(ConsentReceipt receipt) {
        String standard = receipt.format() == ReceiptFormat.KANTARA_1_1 ? "kantara" : "iso-27560";
        return "consent-receipt-%s-%s.json".formatted(standard, receipt.recordId());
    }

    private String text(ConsentReceipt receipt) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(receipt);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
