#include <cstddef>
#include <vector>

// A table of numbers: the depth of the harbour, metre by metre.
class Matrix {
public:
    Matrix(std::size_t rows, std::size_t columns)
        : rows_(rows), columns_(columns), values_(rows * columns, 0.0) {}

    std::size_t rows() const {
        return rows_;
    }

    std::size_t columns() const {
        
    }

    double at(std::size_t row, std::size_t column) const {
        return values_[row * columns_ + column];
    }

    void set(std::size_t row, std::size_t column, double value) {
        values_[row * columns_ + column] = value;
    }

    double sum() const {
        double sum = 0.0;
        for (double value : values_) {
            sum += value;
        }
        return sum;
    }

private:
    std::size_t rows_;
    std::size_t columns_;
    std::vector<double> values_;
};
