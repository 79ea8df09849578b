import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.ExternalResourcesOCSPSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks EU DSS about signed files. Arguments: a folder with the anchors (*.root), OCSP responses (*.ocsp) and lists (*.crl) that it
 * may know, then for each file its path and the time of judgement. Prints one line a signature and one a document time-stamp, separated by tabs: path, kind,
 * field, level found, indication, sub-indication, what is unsound about its bytes whoever signed, what keeps it from being valid.
 */
public final class Judge {
  public static void main(String[] args) throws Exception {
    var trusted = new CommonTrustedCertificateSource();
    for (DSSDocument root : known(args[0], ".root")) trusted.addCertificate(DSSUtils.loadCertificate(root.openStream()));
    for (int at = 1; at + 1 < args.length; at += 2) {
      try {
        // No online source is set: what the document brings, and what the folder holds, is all there is.
        var verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(trusted);
        verifier.setCrlSource(new ExternalResourcesCRLSource(known(args[0], ".crl")));
        verifier.setOcspSource(new ExternalResourcesOCSPSource(known(args[0], ".ocsp")));
        var validator = SignedDocumentValidator.fromDocument(new FileDocument(args[at]));
        validator.setCertificateVerifier(verifier);
        validator.setValidationTime(Date.from(Instant.parse(args[at + 1])));
        var reports = validator.validateDocument();
        SimpleReport report = reports.getSimpleReport();
        var data = reports.getDiagnosticData();
        if (data.getSignatures().isEmpty()) say(args[at], "none");
        for (SignatureWrapper each : data.getSignatures()) {
          List<String> unsound = unsound(each.getPDFRevision());
          if (!each.isSignatureIntact()) unsound.add("not intact");
          if (!each.isSignatureValid()) unsound.add("not valid");
          String errors = report.getAdESValidationErrors(each.getId()).stream().map(Message::getValue).collect(Collectors.joining("; "));
          say(args[at], "signature", field(each.getPDFRevision()), report.getSignatureFormat(each.getId()), report.getIndication(each.getId()), report.getSubIndication(each.getId()), String.join(", ", unsound), errors);
        }
        for (TimestampWrapper each : data.getTimestampList()) {
          if (each.getPDFRevision() == null) continue;
          List<String> unsound = unsound(each.getPDFRevision());
          if (!each.isMessageImprintDataIntact()) unsound.add("over something else");
          if (!each.isSignatureValid()) unsound.add("not valid");
          say(args[at], "time-stamp", field(each.getPDFRevision()), "", "", "", String.join(", ", unsound), "");
        }
      } catch (Exception error) {
        say(args[at], "error", error);
      }
    }
  }

  private static List<String> unsound(PDFRevisionWrapper revision) {
    List<String> found = new ArrayList<>();
    if (revision == null) return found;
    if (!revision.isSignatureByteRangeValid()) found.add("ByteRange");
    if (!revision.isPdfSignatureDictionaryConsistent()) found.add("dictionary");
    if (!revision.getPdfUndefinedChanges().isEmpty()) found.add("undefined changes");
    if (!revision.getPdfAnnotationChanges().isEmpty()) found.add("annotation changes");
    if (!revision.getPdfAnnotationsOverlapConcernedPages().isEmpty()) found.add("overlapping annotations");
    if (!revision.getPdfPageDifferenceConcernedPages().isEmpty()) found.add("pages differ");
    return found;
  }

  private static String field(PDFRevisionWrapper revision) {
    return revision == null ? "" : revision.getFirstFieldName();
  }

  private static DSSDocument[] known(String folder, String end) {
    return Arrays.stream(new File(folder).listFiles((parent, name) -> name.endsWith(end))).map(FileDocument::new).toArray(DSSDocument[]::new);
  }

  private static void say(Object... parts) {
    System.out.println(Arrays.stream(parts).map(part -> String.valueOf(part).replaceAll("\\s+", " ")).collect(Collectors.joining("\t")));
  }
}
