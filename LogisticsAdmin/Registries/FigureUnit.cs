namespace LogisticsAdmin.Registries;

/// <summary>What a figure is measured in. Its rows' measures are whole numbers of the smallest part of it.</summary>
public enum FigureUnit
{
    /// <summary>件: tickets and other things.</summary>
    Pieces = 1,

    /// <summary>A fraction of one, shown in percent; measured in hundredths of a percent.</summary>
    Percent = 2,

    /// <summary>Minutes of working time; measured in seconds.</summary>
    WorkingMinutes = 3,

    /// <summary>Hours as they passed; measured in seconds.</summary>
    Hours = 4,

    /// <summary>Yuan; measured in fen.</summary>
    Yuan = 5,
    Stars = 6,

    /// <summary>Points of the workload.</summary>
    Points = 7,

    /// <summary>次: how often something happened.</summary>
    Times = 8,

    /// <summary>度; measured in ten-thousandths.</summary>
    KilowattHours = 9,

    /// <summary>立方米, 吨 of water; measured in ten-thousandths.</summary>
    CubicMetres = 10,
    KilowattHoursPerPerson = 11,
    KilowattHoursPerArea = 12,
    CubicMetresPerPerson = 13,
    CubicMetresPerArea = 14,

    /// <summary>How many people there were on average; measured in ten-thousandths.</summary>
    People = 15,

    /// <summary>Measured in hundredths.</summary>
    SquareMetres = 16,

    /// <summary>The unit of whatever is measured, which the line of a table names; measured in ten-thousandths.</summary>
    Units = 17,
    UnitsPerPerson = 18,
    UnitsPerArea = 19,

    /// <summary>Of a thousand people: a ratio that is multiplied by a thousand.</summary>
    PerThousand = 20,
}
