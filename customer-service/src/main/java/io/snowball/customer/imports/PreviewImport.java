package io.snowball.customer.imports;

import io.snowball.customer.CustomerConfig;
import io.snowball.customer.file.FileRefusedException;
import io.snowball.customer.imports.ImportApi.ImportPreview;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.customer.profile.FileAttributes;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;

/** Shows how the beginning of a file would be read. Stores nothing; blocks the thread it runs on, which is its own. */
@ApplicationScoped
class PreviewImport {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Imports imports;
    private final Pool pool;
    private final CustomerConfig.Imports config;

    PreviewImport(Imports imports, Pool pool, CustomerConfig config) {
        this.imports = imports;
        this.pool = pool;
        this.config = config.imports();
    }

    ImportPreview run(UUID id, String mediaType, InputStream beginning) {
        ImportView announced = imports.get(id).await().atMost(PATIENCE);
        announced.format().require(mediaType);
        FileAttributes attributes = FileAttributes.declared(pool).await().atMost(PATIENCE);
        try (FileContent content = new FileContent(announced, attributes, beginning, config)) {
            return content.preview();
        } catch (FileRefusedException refused) {
            throw ImportProblem.FILE_REFUSED.with(String.valueOf(refused.getMessage()));
        } catch (IOException _) {
            throw ImportProblem.UPLOAD_INTERRUPTED.with("Send the beginning of the file again");
        }
    }
}
