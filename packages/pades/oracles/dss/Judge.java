import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.time.Instant;
import java.util.Date;

/**
 * Asks EU DSS about signed files. Arguments: the root certificate, then for each file its path and the time of judgement.
 * Prints one line a signature: path, level found, indication, sub-indication, separated by tabs.
 */
public final class Judge {
  public static void main(String[] args) throws Exception {
    var trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(DSSUtils.loadCertificate(new File(args[0])));
    for (int at = 1; at + 1 < args.length; at += 2) {
      try {
        // No online source is set: what the document brings is all there is.
        var verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(trusted);
        var validator = SignedDocumentValidator.fromDocument(new FileDocument(args[at]));
        validator.setCertificateVerifier(verifier);
        validator.setValidationTime(Date.from(Instant.parse(args[at + 1])));
        SimpleReport report = validator.validateDocument().getSimpleReport();
        if (report.getSignatureIdList().isEmpty()) System.out.println(args[at] + "\tnone\tNO_SIGNATURE\t");
        for (String id : report.getSignatureIdList()) {
          System.out.println(args[at] + "\t" + report.getSignatureFormat(id) + "\t" + report.getIndication(id) + "\t" + report.getSubIndication(id) + "\t"
              + report.getAdESValidationErrors(id).stream().map(Object::toString).reduce("", (a, b) -> a + "; " + b));
        }
      } catch (Exception error) {
        System.out.println(args[at] + "\terror\t" + error);
      }
    }
  }
}
