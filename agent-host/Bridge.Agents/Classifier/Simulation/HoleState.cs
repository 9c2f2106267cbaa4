namespace Bridge.Agents.Classifier.Simulation;

/// <summary>What a simulated hole looks like.</summary>
/// <param name="IceNm">Thickness of the ice in the middle, in nm; 0 if the hole is empty.</param>
/// <param name="Crystalline">Strength of crystalline ice, 0 (vitreous) to 1.</param>
/// <param name="Contaminated">Share of the hole's area under ice that fell on it, 0 to 1.</param>
/// <param name="CrackUm">Width of a crack through the ice in µm; 0 if there is none.</param>
/// <param name="Overlap">Share of the hole under a flap of broken film, 0 to 1.</param>
internal readonly record struct HoleState(double IceNm, double Crystalline, double Contaminated, double CrackUm, double Overlap)
{
    public bool IsEmpty => IceNm <= 0;
}
