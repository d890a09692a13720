// Reads one JSON object on standard input and writes what the libraries say to standard output.
//   {"tcf": [string, …]}                -> {"tcf": {library: [decoded or {"error"}, …]}}
//   {"gpp": [string, …]}                -> {"gpp": [decoded or {"error"}, …]}
//   {"encode": [{section: {field: value}}, …], "old": bool} -> {"encode": [string, …]}
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.argv[2]}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const asked = JSON.parse(await new Response(process.stdin).text());
const answer = {};

const ids = (vector) => {
  const found = [];
  vector.forEach((value, id) => { if (value) found.push(id); });
  return found;
};

const attempt = (work) => {
  try {
    return work();
  } catch (error) {
    return { error: error.name };
  }
};

const tcf = ({ TCString }) => (text) => attempt(() => {
  const started = performance.now();
  const model = TCString.decode(text);
  const milliseconds = performance.now() - started;
  return {
    milliseconds,
    version: model.version,
    created: model.created.toISOString(),
    lastUpdated: model.lastUpdated.toISOString(),
    cmpId: model.cmpId,
    cmpVersion: model.cmpVersion,
    consentScreen: model.consentScreen,
    consentLanguage: model.consentLanguage,
    vendorListVersion: model.vendorListVersion,
    policyVersion: model.policyVersion,
    isServiceSpecific: model.isServiceSpecific,
    useNonStandardTexts: model.useNonStandardTexts ?? model.useNonStandardStacks,
    specialFeatureOptins: ids(model.specialFeatureOptins),
    purposeConsents: ids(model.purposeConsents),
    purposeLegitimateInterests: ids(model.purposeLegitimateInterests),
    purposeOneTreatment: model.purposeOneTreatment,
    publisherCountryCode: model.publisherCountryCode,
    vendorConsents: ids(model.vendorConsents),
    vendorLegitimateInterests: ids(model.vendorLegitimateInterests),
    publisherRestrictions: model.publisherRestrictions.getRestrictions().map((one) => ({
      purposeId: one.purposeId,
      restrictionType: one.restrictionType,
      vendors: model.publisherRestrictions.getVendors(one),
    })),
    vendorsDisclosed: ids(model.vendorsDisclosed),
    vendorsAllowed: ids(model.vendorsAllowed),
    publisherTC: {
      publisherConsents: ids(model.publisherConsents),
      publisherLegitimateInterests: ids(model.publisherLegitimateInterests),
      numCustomPurposes: model.numCustomPurposes,
      publisherCustomConsents: ids(model.publisherCustomConsents),
      publisherCustomLegitimateInterests: ids(model.publisherCustomLegitimateInterests),
    },
  };
});

if (asked.tcf) {
  answer.tcf = {};
  for (const name of ["@iabtcf/core", "@iabtechlabtcf/core"]) {
    answer.tcf[name] = asked.tcf.map(tcf(await load(name)));
  }
}

if (asked.gpp || asked.encode) {
  const library = await load("@iabgpp/cmpapi");
  const { GppModel } = library;
  if (asked.gpp) {
    answer.gpp = asked.gpp.map((text) => attempt(() => {
      const model = new GppModel(text);
      return { header: model.getHeader(), sectionIds: model.getSectionIds(), sections: model.toObject() };
    }));
  }
  if (asked.encode) {
    answer.encode = asked.encode.map((sections) => {
      const model = new GppModel();
      for (const [section, fields] of Object.entries(sections)) {
        for (const [field, value] of Object.entries(fields)) {
          const date = ["Created", "LastUpdated"].includes(field);
          model.setFieldValue(section, field, date ? new Date(value) : value);
        }
      }
      return model.encode();
    });
  }
}

process.stdout.write(JSON.stringify(answer));
