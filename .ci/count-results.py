"""Counts the tests in a folder of .trx files; exits 1 unless every one passed and the run itself succeeded."""
import glob
import sys
import xml.etree.ElementTree as ET

folder, status = sys.argv[1], int(sys.argv[2])
space = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}
outcomes = [
    result.get("outcome")
    for path in glob.glob(folder + "/*.trx")
    for result in ET.parse(path).findall(".//t:UnitTestResult", space)
]
passed = outcomes.count("Passed")
# What is inconclusive on a developer's machine for want of a peer must run here.
failed = len(outcomes) - passed
if status != 0 and failed == 0:
    print(f"the test command itself failed with {status}")
    failed = 1
print(f"{passed} passed, {failed} failed")
sys.exit(0 if passed > 0 and failed == 0 else 1)
