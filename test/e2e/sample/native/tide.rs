//! The tide table: how high the water stands, hour by hour.

#[derive(Debug, Clone, PartialEq)]
pub struct Tide {
    pub hour: u32,
    pub height: f64,
}

pub struct TideTable {
    tides: Vec<Tide>,
}

impl TideTable {
    pub fn new() -> Self {
        Self { tides: Vec::new() }
    }

    pub fn push(&mut self, hour: u32, height: f64) {
        self.tides.push(Tide { hour, height });
    }

    pub fn len(&self) -> usize {
        self.tides.len()
    }

    pub fn is_empty(&self) -> bool {
        
    }

    pub fn highest(&self) -> f64 {
        let mut highest = 0.0;
        for tide in &self.tides {
            if tide.height > highest {
                highest = tide.height;
            }
        }
        highest
    }
}
