namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>What a simulated specimen shows. The second group has its structure in a part of the field as a rule.</summary>
public enum SpecimenKind
{
    /// <summary>Atomic columns everywhere, of one or two elements, with vacancies.</summary>
    Crystal,

    /// <summary>Two or three grains of different orientation.</summary>
    Grains,

    /// <summary>Heavy atoms, apart from each other, on an amorphous film.</summary>
    SingleAtoms,

    /// <summary>Particles all over a carbon film.</summary>
    Particles,

    /// <summary>A few particles close together on a carbon film.</summary>
    ParticleGroup,

    /// <summary>A crystal that ends, with vacuum or carbon behind its edge.</summary>
    Edge,

    /// <summary>One grain whose columns are seen, in a matrix whose columns are not.</summary>
    OneGrain,

    /// <summary>A crystalline film with a hole.</summary>
    Hole,
}
